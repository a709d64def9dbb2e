package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import java.util.List;

/** Turns a step's options into what dbt is to run. */
final class Plans {
    private Plans() {}

    /** The plan; paths are those of the agent. */
    static DbtPlan of(BuildStep step, StateChoice state, String workspace) {
        DbtPlan.Builder plan = DbtPlan.builder(AgentPaths.child(workspace, step.getProjectDir()))
                .profilesDir(step.getProfilesDir() == null ? null : AgentPaths.child(workspace, step.getProfilesDir()))
                .target(step.getTarget())
                .operations(step.getOperations().stream().map(Operation::parse).toList())
                .vars(step.getVars())
                .threads(step.getThreads() == null ? 0 : step.getThreads())
                .fullRefresh(step.isFullRefresh())
                .failFast(step.isFailFast())
                .warnError(step.isWarnError())
                .colors(false)
                .extraArgs(step.getExtraArgs())
                .exclude(criteria(step.getExclude(), state))
                .selector(step.getSelector());
        if (step.getSelector() == null) {
            plan.select(criteria(step.getSelect(), state));
        }
        if (!state.isFullBuild()) {
            plan.state(AgentPaths.child(workspace, state.path()))
                    .defer(step.isDefer())
                    .favorState(step.isFavorState());
        }
        return plan.build();
    }

    /** Without a state, what is selected by state is everything. */
    private static List<String> criteria(String text, StateChoice state) {
        boolean none = text == null || (state.isFullBuild() && text.contains("state:"));
        return none ? List.of() : List.of(text);
    }
}
