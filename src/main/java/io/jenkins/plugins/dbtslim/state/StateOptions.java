package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.Objects;

/**
 * What the manifests do not tell.
 *
 * @param dbtVersion version of dbt whose rules apply, or null for the one that wrote the current manifest
 * @param flags behaviour flags of the current project that differ from the default of its dbt, such as
 *     {@value #COMPARE_MORE_UNRENDERED}
 */
public record StateOptions(@CheckForNull String dbtVersion, Map<String, Boolean> flags) {
    /** Whether YAML and {@code config()} values are compared before rendering; default: on since dbt 1.12, off before. */
    public static final String COMPARE_MORE_UNRENDERED = "state_modified_compare_more_unrendered_values";

    /** Begins the flags that say that other vars or environment variables count as changes, with {@code vars} or {@code env}. */
    private static final String ALSO_CHANGED = "also_changed_";

    /** Whether what the nodes read of that kind counts as a change where it is another: {@code vars} or {@code env}. */
    boolean alsoChanged(String kind) {
        return flags.getOrDefault(ALSO_CHANGED + kind, false);
    }

    public StateOptions {
        flags = Map.copyOf(Objects.requireNonNull(flags));
    }

    /** dbt's defaults. */
    public static StateOptions defaults() {
        return new StateOptions(null, Map.of());
    }
}
