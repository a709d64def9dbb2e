package io.jenkins.plugins.dbtslim.report.data;

import java.util.List;

/**
 * Why a node counts as changed.
 *
 * @param aspect what differs, by dbt's own word for it: {@code body}, {@code configs}, {@code relation},
 *     {@code persisted_descriptions}, {@code contract}, {@code macros}, …
 * @param details the config keys, the way to the macro, the column names, …; may be empty
 */
public record ReportReason(String aspect, List<String> details) {
    /** It differs only because production is ahead of the branch. */
    public static final ReportReason BEHIND = new ReportReason("behind", List.of());

    public ReportReason {
        details = List.copyOf(details);
    }
}
