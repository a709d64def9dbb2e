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

    public StateOptions {
        flags = Map.copyOf(Objects.requireNonNull(flags));
    }

    /** dbt's defaults. */
    public static StateOptions defaults() {
        return new StateOptions(null, Map.of());
    }
}
