package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches as a step's options say, for Pipeline and freestyle alike. */
final class ManifestFetching {
    private static final Pattern AGE = Pattern.compile("(\\d{1,5})\\s*([mhd])");

    private ManifestFetching() {}

    /** Does it and notes it on the build; what came of it, for scripts. */
    static Map<String, Object> run(FetchStep step, StepSite site) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            ManifestStore store = Stores.open(step.getFrom(), step, site);
            FetchOptions options = new FetchOptions(
                    site.workspace().child(step.getTo()).getRemote(),
                    ifMissing(step.getIfMissing()),
                    age(step.getMaxAge()),
                    step.isFailIfOld());
            ManifestFetch fetch = new ManifestFetch(store, options);
            FetchResult result = step.isNoteOnly() ? fetch.note() : fetch.run();
            FetchedState.note(
                    site.run(),
                    store.location().toString(),
                    step.isNoteOnly() ? null : step.getTo(),
                    FetchedState.place(site),
                    result);
            return result.toMap();
        });
    }

    static IfMissing ifMissing(String text) throws UserException {
        return switch (text) {
            case "fail" -> IfMissing.FAIL;
            case "fullBuild" -> IfMissing.FULL_BUILD;
            case "skip" -> IfMissing.SKIP;
            default -> throw new UserException("ifMissing is fail, fullBuild or skip, and not \"" + text + "\".");
        };
    }

    static Duration age(String text) throws UserException {
        if (text == null) {
            return null;
        }
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new UserException("maxAge is a number with m, h or d, such as 36h or 7d, and not \"" + text + "\".");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
