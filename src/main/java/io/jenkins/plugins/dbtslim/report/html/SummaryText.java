package io.jenkins.plugins.dbtslim.report.html;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report comes to in words: how it went, its counts without those that are zero, and what became of nodes since
 * another run.
 */
public final class SummaryText {
    private SummaryText() {}

    /**
     * State and counts in one line of plain text.
     *
     * @param counts null where there is no report
     */
    public static String line(RunStatus outcome, @CheckForNull ReportCounts counts, SavedTime saved) {
        String state = ReportMessages.get("outcome." + outcome.key());
        return counts == null ? state : (state + " " + String.join(", ", counts(counts, saved))).strip();
    }

    /** How it went, in a sentence. */
    public static String sentence(RunStatus outcome, ReportCounts counts) {
        int nodes = counts.built() + counts.failed();
        int tests = counts.testsPassed() + counts.testsWarned() + counts.testsFailed();
        if (counts.failed() > 0 && counts.testsFailed() > 0) {
            return ReportMessages.get("sentence.both-failed", counts.failed(), nodes, counts.testsFailed(), tests);
        }
        if (counts.failed() > 0) {
            return ReportMessages.get("sentence.nodes-failed", counts.failed(), nodes);
        }
        if (counts.testsFailed() > 0) {
            return ReportMessages.get("sentence.tests-failed", counts.testsFailed(), tests);
        }
        return outcome == RunStatus.SUCCESS
                ? ReportMessages.get("sentence.success", counts.built(), tests)
                : ReportMessages.get("sentence." + outcome.key(), counts.changed(), counts.downstream());
    }

    /** The counts that are not zero, each in words. */
    public static List<String> counts(ReportCounts counts, SavedTime saved) {
        List<String> words = new ArrayList<>();
        add(words, "figure.modified", counts.modified());
        add(words, "figure.new", counts.added());
        add(words, "figure.renamed", counts.renamed());
        add(words, "figure.removed", counts.removed());
        add(words, "figure.downstream", counts.downstream());
        add(words, "figure.line-built", counts.built());
        add(words, "figure.failed", counts.failed());
        add(words, "figure.skipped", counts.skipped());
        add(words, "figure.tests-passed", counts.testsPassed());
        add(words, "figure.tests-warned", counts.testsWarned());
        add(words, "figure.tests-failed", counts.testsFailed());
        add(words, "figure.line-not-rebuilt", counts.notRebuilt());
        if (saved.hasSeconds() && saved.seconds() >= 1) {
            words.add(ReportMessages.get("figure.time-saved", ReportMessages.duration(saved.seconds())));
        }
        return words;
    }

    /** What became of nodes, each in words. */
    public static List<String> counts(RunComparison comparison) {
        List<String> words = new ArrayList<>();
        add(words, "since.newly-failing", comparison.newlyFailingCount());
        add(words, "since.fixed", comparison.fixedCount());
        add(words, "since.still-failing", comparison.stillFailingCount());
        return words;
    }

    private static void add(List<String> words, String key, int number) {
        if (number > 0) {
            words.add(ReportMessages.get(key, number));
        }
    }
}
