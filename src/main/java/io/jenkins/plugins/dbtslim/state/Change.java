package io.jenkins.plugins.dbtslim.state;

import java.util.List;

/**
 * What became of one resource of the current project.
 *
 * @param kind new, modified or unchanged, as a reader understands it; whether dbt selects it, {@link StateComparison#matches} tells
 * @param reasons why it is modified; empty for the other kinds
 */
public record Change(Kind kind, List<Reason> reasons) {
    /** New means: the old manifest has no such unique_id. */
    public enum Kind {
        NEW,
        MODIFIED,
        UNCHANGED
    }

    public Change {
        reasons = List.copyOf(reasons);
    }

    /** Whether nothing but the line ends of its file differ. */
    public boolean isOfLineEnds() {
        return !reasons.isEmpty()
                && reasons.stream().allMatch(reason -> reason.details().stream()
                        .anyMatch(detail -> detail.startsWith(InvisibleDifference.LINE_ENDS)));
    }
}
