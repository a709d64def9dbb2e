package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * How to fetch.
 *
 * @param destination absolute path of the file, where the files lie
 * @param ifMissing what to do when nothing is there
 * @param maxAge of the manifest, counted from when dbt generated it, or null for any
 * @param failIfOld whether an older one fails the fetch; else it is a warning
 */
public record FetchOptions(
        String destination,
        IfMissing ifMissing,
        @CheckForNull Duration maxAge,
        boolean failIfOld) {
    /** What to do when nothing is there; "forbidden" never counts as that. Its names are those of the option. */
    public enum IfMissing {
        /** It is an error. */
        fail,
        /** Build everything: the first run of a project. */
        fullBuild,
        /** Go on without. */
        skip
    }
}
