package io.jenkins.plugins.dbtslim.report.html;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
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

    /** What the report is about: the project, and the change request that was built. */
    public static String title(String project, RunOrigin origin) {
        String title = ReportMessages.get("page.title", String.valueOf(project));
        return origin.change() == null ? title : ReportMessages.get("page.title-change", origin.change(), title);
    }

    /** How it went, in a sentence: what failed, of how many, and what that kept from running. */
    public static String sentence(RunStatus outcome, ReportCounts counts) {
        List<String> parts = new ArrayList<>();
        failed(parts, counts.failed(), counts.skipped(), counts.models(), models(counts));
        failed(
                parts,
                counts.testsFailed(),
                counts.testsSkipped(),
                counts.tests(),
                ReportMessages.get("base.tests", counts.tests()));
        add(parts, "sentence.hooks-failed", counts.hooksFailed());
        if (counts.failed() + counts.testsFailed() + counts.hooksFailed() > 0) {
            return String.join("; ", parts) + ".";
        }
        if (outcome != RunStatus.SUCCESS) {
            if (outcome == RunStatus.COMPARED && counts.changed() == 0) {
                return counts.testsChanged() > 0
                        ? ReportMessages.get("sentence.only-tests", counts.testsChanged())
                        : ReportMessages.get("changes.none");
            }
            return ReportMessages.get("sentence." + outcome.key(), counts.changed(), counts.downstream());
        }
        String success = ReportMessages.get(
                "sentence.success", counts.built(), counts.tests() - counts.testsSkipped(), models(counts));
        return counts.changed() == 0 && counts.testsChanged() > 0
                ? success + " " + ReportMessages.get("sentence.only-tests", counts.testsChanged())
                : success;
    }

    private static void failed(List<String> parts, int failed, int skipped, int all, String base) {
        if (failed > 0) {
            parts.add(ReportMessages.get("sentence.failed-of", failed, all, base)
                    + (skipped > 0 ? ReportMessages.get("sentence.and-skipped", skipped) : ""));
        } else if (skipped > 0) {
            parts.add(ReportMessages.get("sentence.skipped-of", skipped, all, base));
        }
    }

    /** What was to be built, by its name where it is all of one kind. */
    private static String models(ReportCounts counts) {
        return ReportMessages.get(counts.notModels() > 0 ? "base.mixed" : "base.models", counts.models());
    }

    /** How long it took, and with what; empty where that is not known. */
    public static String time(RunInfo run) {
        if (run.elapsedSeconds() <= 0) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        run.parts()
                .forEach((part, seconds) ->
                        parts.add(ReportMessages.word("part", part) + " " + ReportMessages.duration(seconds)));
        return ReportMessages.duration(run.elapsedSeconds()) + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    /** How many of those downstream read what changed; null where that was not looked at. */
    public static String reads(ReportCounts counts) {
        return counts.readers() + counts.nonReaders() == 0
                ? null
                : ReportMessages.get(
                        "figure.readers",
                        counts.readers(),
                        counts.downstream(),
                        counts.downstream() - counts.readers() - counts.nonReaders());
    }

    /** What kind of thing a cause is. */
    public static String kind(ReportCause cause) {
        String kind = cause.isTarget() ? "target" : "var";
        if (cause.input() == null) {
            kind = cause.isPackage() ? "package" : "macro";
        } else if (cause.id().startsWith("env ")) {
            kind = "env";
        }
        return ReportMessages.get("causes." + kind);
    }

    /** What it is called. */
    public static String name(ReportCause cause) {
        if (cause.isTarget()) {
            return cause.input().change();
        }
        if (cause.input() != null) {
            return cause.id().substring(cause.id().indexOf(' ') + 1);
        }
        return cause.isPackage() ? cause.id() : ReportNode.nameOf(cause.id());
    }

    /** What a cause set off. */
    public static String reach(ReportCause cause) {
        ReportCause.Input input = cause.input();
        if (input != null && !cause.isTarget()) {
            return (input.change() == null ? ReportMessages.get("causes.other-value") : input.change())
                    + ReportMessages.get(input.sure() ? "causes.used-by" : "causes.may-be-used-by", nodes(cause))
                    + (input.counts() ? "" : ReportMessages.get("causes.counts-not"));
        }
        return (cause.isPackage() ? ReportMessages.get("causes.count", cause.macroCount()) + " " : "")
                + ReportMessages.get("causes.reach", nodes(cause))
                + (cause.isTarget() ? ReportMessages.get("causes.by-config") : "");
    }

    private static String nodes(ReportCause cause) {
        List<String> parts = new ArrayList<>();
        if (cause.nodes() > 0 || cause.tests() == 0) {
            parts.add(ReportMessages.get("causes.nodes", cause.nodes()));
        }
        add(parts, "causes.tests", cause.tests());
        return String.join(", ", parts);
    }

    /** What was not set off by models that were replaced in place, and how long that took last. */
    public static String spared(InPlace inPlace) {
        int tests =
                (int) inPlace.spared().keySet().stream().filter(InPlace::isTest).count();
        double seconds = inPlace.sparedSeconds();
        return ReportMessages.get("inplace.spared", inPlace.spared().size() - tests)
                + (tests > 0 ? ", " + ReportMessages.get("inplace.spared-tests", tests) : "")
                + (seconds > 0
                        ? " (" + ReportMessages.get("inplace.spared-time", ReportMessages.duration(seconds)) + ")"
                        : "");
    }

    /** The counts that are not zero, each in words. */
    public static List<String> counts(ReportCounts counts, SavedTime saved) {
        List<String> words = new ArrayList<>();
        add(words, "figure.modified", counts.modified());
        add(words, "figure.new", counts.added());
        add(words, "figure.renamed", counts.renamed());
        add(words, "figure.removed", counts.removed());
        add(words, "figure.changed-others", counts.changedOthers());
        add(words, "figure.line-tests-changed", counts.testsChanged());
        add(words, "figure.behind", counts.behind());
        String reads = reads(counts);
        if (reads == null) {
            add(words, "figure.downstream", counts.downstream());
        } else {
            words.add(reads);
        }
        add(words, "figure.line-downstream-others", counts.downstreamOthers());
        add(words, "figure.line-built", counts.built());
        add(words, "figure.failed", counts.failed());
        add(words, "figure.skipped", counts.skipped());
        add(words, "figure.data-changed", counts.dataChanged());
        add(words, "figure.tests-passed", counts.testsPassed());
        add(words, "figure.tests-warned", counts.testsWarned());
        add(words, "figure.tests-failed", counts.testsFailed());
        add(words, "figure.tests-skipped", counts.testsSkipped());
        add(words, "sentence.hooks-failed", counts.hooksFailed());
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
