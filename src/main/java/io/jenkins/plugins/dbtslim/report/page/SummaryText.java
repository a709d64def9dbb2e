package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.Outcome;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The counts of a report in words, without those that are zero: for texts that are no HTML. */
public final class SummaryText {
    private final ReportMessages texts;
    private final List<String> words = new ArrayList<>();

    private SummaryText(ReportMessages texts) {
        this.texts = texts;
    }

    /**
     * State and counts in one line of plain text, all in words of ours.
     *
     * @param counts null where there is no report
     */
    public static String line(Outcome outcome, ReportCounts counts, SavedTime saved, Locale locale) {
        ReportMessages texts = new ReportMessages(locale);
        String state = texts.get("outcome." + outcome.key());
        return counts == null ? state : (state + " " + String.join(", ", words(texts, counts, saved))).strip();
    }

    public static List<String> words(ReportMessages texts, ReportCounts counts, SavedTime saved) {
        SummaryText figures = new SummaryText(texts);
        figures.add("modified", counts.modified());
        figures.add("new", counts.added());
        figures.add("renamed", counts.renamed());
        figures.add("removed", counts.removed());
        figures.add("downstream", counts.downstream());
        figures.add("line-built", counts.built());
        figures.add("failed", counts.failed());
        figures.add("skipped", counts.skipped());
        figures.add("tests-passed", counts.testsPassed());
        figures.add("tests-warned", counts.testsWarned());
        figures.add("tests-failed", counts.testsFailed());
        figures.add("line-not-rebuilt", counts.notRebuilt());
        if (saved.hasSeconds() && saved.seconds() >= 1) {
            figures.words.add(texts.get("figure.time-saved", texts.duration(saved.seconds())));
        }
        return figures.words;
    }

    private void add(String key, int number) {
        if (number > 0) {
            words.add(texts.get("figure." + key, number));
        }
    }
}
