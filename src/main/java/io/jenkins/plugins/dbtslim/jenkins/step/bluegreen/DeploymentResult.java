package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import io.jenkins.plugins.dbtslim.jenkins.engine.FinishedRun;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step of a deployment means for its build. */
final class DeploymentResult implements DbtStepResult {
    private static final int SHOWN = 10;
    private final BlueGreenStep step;
    private final DeployedManifest before;
    private final FinishedRun finished;
    private final DeploymentState state;

    /**
     * @param before the manifest that is to be published, as it was opened before; null where none is, and after a restart
     * @param state how far the deployment is, or null if the driver did not come to begin
     */
    DeploymentResult(
            BlueGreenStep step,
            @CheckForNull DeployedManifest before,
            FinishedRun finished,
            @CheckForNull DeploymentState state) {
        this.step = step;
        this.before = before;
        this.finished = finished;
        this.state = state;
    }

    @Override
    public void conclude(StepContext context) throws IOException, InterruptedException {
        requireGood();
        Map<String, Object> map = toMap();
        map.put("published", publish(StepSite.of(context)));
        context.onSuccess(map);
    }

    @Override
    public void conclude(StepSite site) throws IOException, InterruptedException {
        requireGood();
        publish(site);
    }

    /** Only now: the driver has seen that the deployment is in production. */
    private Map<String, Object> publish(StepSite site) throws IOException, InterruptedException {
        try {
            DeployedManifest manifest = DeployedManifest.after(before, step.publishing(site.run()), site);
            return step.publish(
                    site.run(), manifest, state, finished.collected().manifest());
        } catch (AbortException e) {
            finished.fail(e.getMessage());
            throw e;
        }
    }

    private void requireGood() throws AbortException {
        if (!finished.status().isOk() || state == null) {
            throw new AbortException(VisibleText.lines(sentence()));
        }
    }

    /**
     * What went wrong. A driver that was killed said nothing, as one that was aborted in the middle of a macro's statement: how
     * things stand is what it noted at its last stage.
     */
    String sentence() {
        String error = finished.error() == null ? "dbt " + finished.status().words() + "." : finished.error();
        boolean wasKilled = state != null && !finished.collected().ended();
        return wasKilled ? error + " It was at \"" + state.stage() + "\". " + state.standing() : error;
    }

    /** The short summary in the log. */
    void tell(PrintStream log) {
        if (state == null || !finished.status().isOk()) {
            return;
        }
        switch (state.result()) {
            case "PREPARED" -> {
                log.println("Deployment " + state.deployment() + " is prepared: nothing of production has changed yet");
                state.clusters()
                        .forEach(cluster -> log.println(String.format(
                                Locale.ROOT,
                                "  %s: %s after %.0f s (%d of %d objects, lag %d s)",
                                cluster.name(),
                                cluster.status(),
                                cluster.seconds(),
                                cluster.hydrated(),
                                cluster.total(),
                                cluster.lag())));
                list(log, "The swap would run:", state.statements());
                list(log, "Production would lose:", state.lost());
                list(log, "These would go on reading from the old objects:", state.dependents());
                log.println("Report: " + finished.url());
                log.println("Token of the deployment, for another build: " + state.token());
            }
            case "PROMOTED" -> {
                log.println("Deployment " + state.deployment() + " is in production"
                        + (state.attempts() > 1 ? " (after " + state.attempts() + " attempts)" : ""));
                list(log, "The former production is still there:", state.left());
            }
            case "ALREADY_PROMOTED" ->
                log.println(
                        "Deployment " + state.deployment() + " was in production already: it was not swapped again");
            default -> list(log, "Cleaned up:", state.statements());
        }
    }

    private static void list(PrintStream log, String title, List<String> items) {
        if (!items.isEmpty()) {
            log.println(title);
            items.stream().limit(SHOWN).forEach(item -> log.println(VisibleText.line("  " + item)));
            if (items.size() > SHOWN) {
                log.println("  and " + (items.size() - SHOWN) + " more");
            }
        }
    }

    /** For scripts: plain types only. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("result", state.result().toLowerCase(Locale.ROOT));
        map.put("token", state.token());
        map.put("deployment", state.deployment());
        map.put("target", state.target());
        List<Map<String, Object>> clusters = new ArrayList<>();
        for (DeploymentState.Cluster cluster : state.clusters()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", cluster.name());
            one.put("status", cluster.status());
            one.put("hydrated", cluster.hydrated());
            one.put("total", cluster.total());
            one.put("lag", cluster.lag());
            one.put("seconds", cluster.seconds());
            clusters.add(one);
        }
        map.put("clusters", clusters);
        map.put("staged", new ArrayList<>(state.staged()));
        map.put("statements", new ArrayList<>(state.statements()));
        map.put("lost", new ArrayList<>(state.lost()));
        map.put("dependents", new ArrayList<>(state.dependents()));
        map.put("left", new ArrayList<>(state.left()));
        map.put("attempts", state.attempts());
        map.put("manifest", finished.collected().manifest());
        map.put("seconds", finished.collected().seconds());
        map.put("url", finished.url());
        return map;
    }
}
