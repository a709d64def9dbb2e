package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What travels beside a manifest: files of the run that published it, each an object of its own, fetched where it is wanted. */
public enum Companion {
    /** How long each node took when it was built last, {@code {"<unique_id>": <seconds>}}. */
    TIMINGS("timings"),
    /** dbt's results without SQL and messages, for selectors such as {@code result:error+}. */
    RESULTS("run_results"),
    /** dbt's freshness of sources, for {@code source_status:fresher+}. */
    SOURCES("sources");

    private final String file;

    Companion(String file) {
        this.file = file;
    }

    /** Its name in options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its file beside a manifest on a disk, where dbt looks for it. */
    public String fileName() {
        return file + ".json";
    }

    /** Where it lies beside the manifest: {@code <name>.run_results.json.gz}. */
    ManifestLocation beside(ManifestLocation manifest) {
        return manifest.beside("." + file);
    }

    /**
     * Finds them by their names.
     *
     * @throws UserException with a sentence that lists them
     */
    public static Set<Companion> parse(String option, Collection<String> ids) throws UserException {
        Set<Companion> found = EnumSet.noneOf(Companion.class);
        for (String id : ids) {
            found.add(Arrays.stream(values())
                    .filter(one -> one.id().equals(id.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UserException(option + " names what travels with a manifest: "
                            + Arrays.stream(values()).map(Companion::id).collect(Collectors.joining(", ")) + "; \"" + id
                            + "\" does not.")));
        }
        return found;
    }
}
