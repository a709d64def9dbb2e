package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import io.jenkins.plugins.dbtslim.report.html.SummaryText;

/** The first thing to read: how it went in one sentence, and the numbers on the way from change to result. */
final class SummarySection {
    private final HtmlWriter html;

    SummarySection(HtmlWriter html) {
        this.html = html;
    }

    /** Sentence and figures on top of a report. */
    void write(ReportHead report) {
        RunStatus outcome = report.outcome();
        html.open("div", "class", "dbt-slim-summary dbt-slim-outcome-" + outcome.key());
        html.open("p", "class", "dbt-slim-headline")
                .element("span", sign(outcome), "class", "dbt-slim-sign", "aria-hidden", "true")
                .element("strong", ReportMessages.get("outcome." + outcome.key()))
                .text(" " + SummaryText.sentence(outcome, report.counts()))
                .close();
        String time = SummaryText.time(report.run());
        if (!time.isEmpty()) {
            html.element("p", time, "class", "dbt-slim-time");
        }
        // Nothing can be counted in a project that dbt did not come to read.
        if (report.isProjectRead()) {
            figures(outcome, report.counts(), report.saved());
        }
        html.close("div").line();
        if (!report.advice().isEmpty()) {
            html.open("ul", "class", "dbt-slim-advice");
            report.advice().forEach(each -> html.element("li", each));
            html.close().line();
        }
    }

    private void figures(RunStatus outcome, ReportCounts counts, SavedTime saved) {
        html.open("ul", "class", "dbt-slim-figures");
        figure("changed", counts.changed(), "#dbt-slim-changes");
        part("modified", counts.modified());
        part("new", counts.added());
        part("renamed", counts.renamed());
        part("removed", counts.removed());
        part("changed-others", counts.changedOthers());
        part("tests-changed", counts.testsChanged());
        part("behind", counts.behind());
        endFigure();
        figure("set-off", counts.downstream(), "#dbt-slim-lineage");
        part("reading", counts.readers());
        part("not-reading", counts.nonReaders());
        part("downstream-others", counts.downstreamOthers());
        endFigure();
        if (outcome != RunStatus.COMPARED) {
            figure("built", counts.built(), counts.models(), "#dbt-slim-run");
            part("failed", counts.failed());
            part("skipped", counts.skipped());
            part("data-changed", counts.dataChanged());
            endFigure();
            figure("tests", counts.tests() - counts.testsSkipped(), counts.tests(), "#dbt-slim-tests-rows");
            part("tests-failed", counts.testsFailed());
            part("tests-warned", counts.testsWarned());
            part("tests-skipped", counts.testsSkipped());
            endFigure();
        }
        figure("not-rebuilt", counts.notRebuilt(), "#dbt-slim-saved");
        if (saved.hasSeconds() && saved.seconds() >= 1) {
            html.element(
                    "span",
                    ReportMessages.get("figure.time-saved", ReportMessages.duration(saved.seconds())),
                    "class",
                    "dbt-slim-part");
        }
        endFigure();
        html.close("ul");
    }

    private static String sign(RunStatus outcome) {
        return switch (outcome) {
            case SUCCESS -> "✓";
            case FAILURE, ERROR -> "✗";
            case NOTHING_TO_DO -> "=";
            case RUNNING -> "…";
            case ABORTED -> "■";
            case COMPARED -> "≠";
        };
    }

    private void figure(String key, int number, String href) {
        figure(key, number, number, href);
    }

    /**
     * @param all how many could be, which is told where it is another number
     */
    private void figure(String key, int number, int all, String href) {
        String words = ReportMessages.get("figure." + key, all);
        html.open("li", "class", "dbt-slim-figure dbt-slim-figure-" + key)
                .open("a", "href", href)
                .element("b", ReportMessages.count(number))
                .text(" " + (all == number ? words : ReportMessages.get("figure.of", ReportMessages.count(all), words)))
                .close()
                .open("span", "class", "dbt-slim-parts");
    }

    private void endFigure() {
        html.close("li");
    }

    private void part(String key, int number) {
        if (number > 0) {
            html.element(
                            "span",
                            ReportMessages.get("figure." + key, number),
                            "class",
                            "dbt-slim-part dbt-slim-part-" + key)
                    .text(" ");
        }
    }

    /** One line for the page of a build: the numbers that are not zero, in words. */
    void line(RunStatus outcome, ReportCounts counts, SavedTime saved) {
        html.open("span", "class", "dbt-slim-line dbt-slim-outcome-" + outcome.key())
                .element("span", sign(outcome), "class", "dbt-slim-sign", "aria-hidden", "true")
                .text(" ")
                .element("strong", ReportMessages.get("outcome." + outcome.key()))
                .text(" ");
        for (String words : SummaryText.counts(counts, saved)) {
            html.element("span", words, "class", "dbt-slim-part").text(" ");
        }
        html.close();
    }
}
