package io.jenkins.plugins.dbtslim.report;

import java.util.List;
import java.util.Map;

/** A report that lies in memory with all its texts. */
public record BuiltReport(SlimReport report, Map<String, NodeTexts> allTexts, List<String> notRebuilt)
        implements ReportSource {
    public BuiltReport {
        notRebuilt = List.copyOf(notRebuilt);
    }

    @Override
    public NodeTexts texts(String id) {
        return allTexts.get(id);
    }
}
