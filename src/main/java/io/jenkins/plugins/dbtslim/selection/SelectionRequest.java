package io.jenkins.plugins.dbtslim.selection;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What to select, with the options of {@code dbt ls}.
 *
 * @param select each {@code --select}; none means all
 * @param exclude each {@code --exclude}
 * @param resourceTypes each {@code --resource-type}; none means those that {@code dbt ls} lists
 * @param excludedResourceTypes each {@code --exclude-resource-type}
 * @param indirectSelection which tests join
 * @param selector name of a YAML selector in place of select and exclude, or null
 */
public record SelectionRequest(
        List<String> select,
        List<String> exclude,
        List<String> resourceTypes,
        List<String> excludedResourceTypes,
        IndirectSelection indirectSelection,
        @CheckForNull String selector) {
    public SelectionRequest {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        resourceTypes = List.copyOf(resourceTypes);
        excludedResourceTypes = List.copyOf(excludedResourceTypes);
    }

    /** One {@code --select} with dbt's defaults. */
    public static SelectionRequest of(String select) {
        return new SelectionRequest(List.of(select), List.of(), List.of(), List.of(), IndirectSelection.EAGER, null);
    }
}
