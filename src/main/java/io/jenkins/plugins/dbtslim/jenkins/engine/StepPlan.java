package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import java.util.List;

/** Turns a step's options into what dbt is to run. */
public final class StepPlan {
    private StepPlan() {}

    /** What every step that runs dbt has in its plan; paths are those of the agent. */
    public static DbtPlan.Builder base(DbtStep step, String workspace) {
        return DbtPlan.builder(AgentPaths.child(workspace, step.getProjectDir()))
                .profilesDir(step.getProfilesDir() == null ? null : AgentPaths.child(workspace, step.getProfilesDir()))
                .target(step.getTarget())
                .vars(step.getVars())
                .threads(step.getThreads() == null ? 0 : step.getThreads())
                .warnError(step.isWarnError())
                .colors(false)
                .extraArgs(step.getExtraArgs());
    }

    /**
     * The plan of a slim build.
     *
     * @param ciTag of the environment, or null
     */
    public static DbtPlan of(SlimBuildStep step, StateChoice state, String workspace, String ciTag) {
        DbtPlan.Builder plan = base(step, workspace)
                .target(step.effectiveTarget())
                .operations(operations(step, ciTag))
                .fullRefresh(step.isFullRefresh())
                .failFast(step.isFailFast())
                .allow(Guard.parse(step.getAllow()))
                .exclude(criteria(step.getExclude(), state))
                .selector(step.getSelector());
        if (step.getSelector() == null) {
            plan.select(criteria(step.getSelect(), state));
        }
        if (!state.isFullBuild()) {
            plan.state(AgentPaths.child(workspace, state.path()))
                    .defer(step.defers())
                    .favorState(step.isFavorState());
        }
        return plan.build();
    }

    private static List<Operation> operations(SlimBuildStep step, String ciTag) {
        return step.getOperations().isEmpty() && step.preset() != null
                ? step.preset().operations(ciTag)
                : step.getOperations().stream().map(Operation::parse).toList();
    }

    /** Without a state, what is selected by state is everything. */
    private static List<String> criteria(String text, StateChoice state) {
        boolean none = text == null || (state.isFullBuild() && text.contains("state:"));
        return none ? List.of() : List.of(text);
    }
}
