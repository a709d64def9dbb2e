package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.CollectedRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionPublication;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionReport;
import io.jenkins.plugins.dbtslim.jenkins.page.BuildComparison;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a run means: for the log, for scripts and for the build's result. */
final class SlimBuildResult implements DbtStepResult {
    private static final int SHOWN = 10;
    private final SlimBuildStep step;
    private final RunStatus status;
    private final String error;
    private final CollectedRun collected;
    private final ActionReport report;
    private final String url;
    private final SlimAction action;
    private Map<String, Object> published;
    private String notPublished;

    SlimBuildResult(SlimBuildStep step, FinishedRun finished) {
        this.step = step;
        this.status = finished.status();
        this.error = finished.error();
        this.collected = finished.collected();
        this.report = finished.report();
        this.url = finished.url();
        this.action = finished.action();
    }

    /** The short summary in the log. */
    void tell(PrintStream log) {
        log.println("dbt " + status.words()
                + (collected.seconds() > 0 ? String.format(Locale.ROOT, " after %.1f s", collected.seconds()) : "")
                + ": " + collected.selected().size() + " selected, "
                + collected.failed().size() + " failed");
        if (report.numbers() != null && report.compared()) {
            ReportCounts counts = report.numbers().counts();
            log.println("Against production: " + counts.added() + " new, " + counts.modified() + " modified, "
                    + (counts.renamed() > 0 ? counts.renamed() + " renamed, " : "")
                    + counts.removed() + " removed; " + counts.downstream() + " set off by that");
            List<String> reasons = collected.changes().reasons();
            reasons.forEach(reason -> log.println(VisibleText.line("  " + reason)));
            if (counts.changed() > reasons.size()) {
                log.println("  and " + (counts.changed() - reasons.size()) + " more");
            }
        }
        collected.failed().stream().limit(SHOWN).forEach(id -> log.println(VisibleText.line("  failed: " + id)));
        if (report.numbers() != null) {
            log.println("Report: " + url);
        }
    }

    /** What of it became production's manifest, for scripts. */
    void published(Map<String, Object> map) {
        published = map;
    }

    /** It was to become production's manifest, and could not. */
    void notPublished(String sentence) {
        notPublished = sentence;
    }

    /** Where something else ends the step, so that this is not its error. */
    void tellNotPublished(PrintStream log) {
        if (notPublished != null) {
            log.println(VisibleText.lines(notPublished));
        }
    }

    /** The report in short, with what of it was published; null without a report. */
    String markdown() {
        ActionPublication publication = action.getPublication();
        return report.markdown() == null || publication == null
                ? report.markdown()
                : report.markdown() + MarkdownSummary.note(publication.getHeadline());
    }

    /** What ends the step, in words, or null. */
    @CheckForNull
    private String failure(Verdict verdict) {
        List<String> sentences = new ArrayList<>();
        if (verdict == Verdict.failure) {
            sentences.add(sentence());
        }
        if (notPublished != null) {
            sentences.add(notPublished);
        }
        return sentences.isEmpty() ? null : VisibleText.lines(String.join("\n", sentences));
    }

    private String sentence() {
        if (error != null) {
            return error;
        }
        if (status == RunStatus.NOTHING_TO_DO) {
            return "Nothing was modified, so dbt had nothing to do";
        }
        return "dbt " + status.words() + ": "
                + String.join(", ", collected.failed().stream().limit(SHOWN).toList());
    }

    @Override
    public void conclude(StepContext context) throws IOException, InterruptedException {
        Verdict verdict = Verdict.of(step, status, collected.onlyTestsFailed());
        String failure = failure(verdict);
        if (failure != null) {
            throw new AbortException(failure);
        }
        if (verdict != Verdict.success) {
            Result result = verdict.result();
            context.get(FlowNode.class).addOrReplaceAction(new WarningAction(result).withMessage(sentence()));
            context.get(Run.class).setResult(result);
        }
        context.onSuccess(toMap());
    }

    @Override
    public void conclude(StepSite site) throws AbortException, UserException {
        Verdict verdict = Verdict.of(step, status, collected.onlyTestsFailed());
        String failure = failure(verdict);
        if (failure != null) {
            throw new AbortException(failure);
        }
        if (verdict != Verdict.success) {
            site.run().setResult(verdict.result());
        }
    }

    /** For scripts: plain types only. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", status.key());
        map.put("error", error);
        map.put("added", new ArrayList<>(collected.changes().added()));
        map.put("modified", new ArrayList<>(collected.changes().modified()));
        map.put("renamed", new ArrayList<>(collected.changes().renamed()));
        map.put("removed", new ArrayList<>(collected.changes().removed()));
        map.put("selected", new ArrayList<>(collected.selected()));
        map.put("failed", new ArrayList<>(collected.failed()));
        map.put("newlyFailing", since(BuildComparison::getNewlyFailing));
        map.put("fixed", since(BuildComparison::getFixed));
        map.put(
                "counts",
                report.numbers() == null
                        ? new LinkedHashMap<>()
                        : report.numbers().toMap());
        map.put("dbtVersion", collected.dbtVersion());
        map.put("manifest", collected.manifest());
        map.put("seconds", collected.seconds());
        map.put("url", url);
        map.put("published", published);
        map.put("markdown", markdown());
        return map;
    }

    /** Since the previous build of the job with a report; the first of them. */
    private List<String> since(Function<BuildComparison, List<String>> which) {
        return report.since().isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(which.apply(report.since().get(0)));
    }
}
