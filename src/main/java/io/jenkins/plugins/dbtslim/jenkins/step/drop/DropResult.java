package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.AbortException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What it means for the build that environments are gone, or are not. */
final class DropResult implements DbtStepResult {
    private final DropSelection chosen;
    private final DropReport dropped;
    private final boolean dryRun;

    DropResult(DropSelection chosen, DropReport dropped, boolean dryRun) {
        this.chosen = chosen;
        this.dropped = dropped;
        this.dryRun = dryRun;
    }

    @Override
    public void conclude(StepContext context) throws AbortException {
        requireAllGone();
        context.onSuccess(toMap());
    }

    @Override
    public void conclude(StepSite site) throws AbortException {
        requireAllGone();
    }

    private void requireAllGone() throws AbortException {
        if (!dropped.failed().isEmpty()) {
            throw new AbortException(Messages.DropResult_notDropped(
                    String.join(", ", dropped.failed()), dropped.error() == null ? "" : ": " + dropped.error()));
        }
    }

    /** For scripts: plain types only. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("dropped", new ArrayList<>(dropped.tags()));
        map.put("stale", new ArrayList<>(dryRun ? chosen.tags() : dropped.tags()));
        map.put("kept", new ArrayList<>(chosen.kept()));
        map.put("dryRun", dryRun);
        return map;
    }
}
