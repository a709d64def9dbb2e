package io.jenkins.plugins.dbtslim.state;

import java.util.List;

/**
 * A change of an enforced contract that can break whoever reads the model.
 *
 * @param uniqueId the model
 * @param name its name
 * @param versioned whether it is a versioned model; dbt then refuses to go on, else it warns
 * @param changes what breaks, one line each
 */
public record BreakingChange(String uniqueId, String name, boolean versioned, List<String> changes) {
    public BreakingChange {
        changes = List.copyOf(changes);
    }

    /** Whether one of the lines is about this column. */
    public boolean breaks(String column) {
        return changes.stream()
                .anyMatch(line ->
                        line.equals("column " + column + " is gone") || line.startsWith("column " + column + ": "));
    }
}
