package io.jenkins.plugins.dbtslim.report.data;

import java.util.List;
import java.util.Map;

/**
 * A report that lies in memory with all its texts.
 *
 * @param notRebuilt see {@link ReportSource#notRebuilt}
 * @param lastSeconds see {@link ReportSource#lastSeconds}
 */
public record BuiltReport(
        SlimReport report, Map<String, NodeTexts> allTexts, List<String> notRebuilt, Map<String, Double> lastSeconds)
        implements ReportSource {
    public BuiltReport {
        notRebuilt = List.copyOf(notRebuilt);
        lastSeconds = Map.copyOf(lastSeconds);
    }

    @Override
    public ReportHead head() {
        return report.head();
    }

    @Override
    public NodeTexts texts(String id) {
        return allTexts.get(id);
    }
}
