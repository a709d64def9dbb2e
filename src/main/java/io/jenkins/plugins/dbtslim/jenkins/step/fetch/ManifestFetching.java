package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.run.FetchRules;
import io.jenkins.plugins.dbtslim.store.Companion;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.WithinCallable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Fetches as a step's options say, for Pipeline and freestyle alike. */
final class ManifestFetching {
    private ManifestFetching() {}

    /** Does it and notes it on the build; what came of it, for scripts. */
    static Map<String, Object> run(FetchStep step, StepSite site) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            ManifestStore store = Stores.open(step.getFrom(), step, site);
            String workspace = site.workspace().getRemote();
            String destination = site.workspace().child(step.getTo()).getRemote();
            store.agent().act(new WithinCallable(workspace, destination, "to"));
            FetchOptions options = new FetchOptions(
                    destination, step.getIfMissing(), FetchRules.age("maxAge", step.getMaxAge()), step.isFailIfOld());
            ManifestFetch fetch = new ManifestFetch(store, options);
            Set<Companion> wanted = Companion.parse("also", step.getAlso());
            FetchResult result = step.isNoteOnly() ? fetch.note() : fetch.run();
            fetch.companions(result, wanted);
            FetchedState.note(
                    site.run(),
                    store.location().toString(),
                    step.isNoteOnly() ? null : step.getTo(),
                    FetchedState.place(site),
                    result,
                    step);
            return result.toMap();
        });
    }
}
