package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a step's options to what dbt is to run. */
class SlimBuildPlanTest {
    private final SlimBuildStep step = new SlimBuildStep();

    @Test
    void theShortestCallSelectsWhatWasModifiedAndDefers() throws Exception {
        DbtPlan plan = SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws a", null, List.of());
        assertThat(plan.commonArguments()).containsExactly("--project-dir", "/ws a", "--no-use-colors");
        assertThat(plan.selectionArguments())
                .containsExactly("--select", "state:modified+", "--state", "/ws a/.dbt-state");
        assertThat(plan.buildArguments()).containsExactly("--defer");
    }

    @Test
    void everyOptionReachesDbt() throws Exception {
        step.setProjectDir("dbt");
        step.setProfilesDir("/etc/dbt");
        step.setTarget("ci");
        step.setSelect("state:new config.materialized:view");
        step.setExclude("tag:slow");
        step.setFavorState(true);
        step.setVars("{a: 1}");
        step.setThreads(3);
        step.setFullRefresh(true);
        step.setFailFast(true);
        step.setWarnError(true);
        step.setExtraArgs(List.of("--store-failures\n  --empty "));
        step.setOperations(List.of("drop_environment", "create_environment:{tag: x}"));
        DbtPlan plan = SlimBuildWork.plan(step, StateChoice.of("prod/manifest.json", null), "/ws", null, List.of());
        assertThat(plan.commonArguments())
                .containsExactly(
                        "--project-dir",
                        "/ws/dbt",
                        "--profiles-dir",
                        "/etc/dbt",
                        "--target",
                        "ci",
                        "--vars",
                        "{a: 1}",
                        "--threads",
                        "3",
                        "--warn-error",
                        "--no-use-colors");
        assertThat(plan.selectionArguments())
                .containsExactly(
                        "--select",
                        "state:new config.materialized:view",
                        "--exclude",
                        "tag:slow",
                        "--state",
                        "/ws/prod");
        assertThat(plan.buildArguments())
                .containsExactly(
                        "--defer", "--favor-state", "--full-refresh", "--fail-fast", "--store-failures", "--empty");
        assertThat(plan.operations()).extracting("macro").containsExactly("drop_environment", "create_environment");
    }

    @Test
    void withoutAStateEverythingIsBuilt() throws Exception {
        DbtPlan plan = SlimBuildWork.plan(step, new StateChoice(null, "s3://b/k", null), "/ws", null, List.of());
        assertThat(plan.selectionArguments()).isEmpty();
        assertThat(plan.buildArguments()).isEmpty();
        step.setSelect("tag:nightly");
        assertThat(SlimBuildWork.plan(step, new StateChoice(null, "s3://b/k", null), "/ws", null, List.of())
                        .selectionArguments())
                .containsExactly("--select", "tag:nightly");
    }

    @Test
    void theStateIsAFolderOrItsManifest() throws Exception {
        assertThat(StateChoice.of("a/b/", null).path()).isEqualTo("a/b");
        assertThat(StateChoice.of("manifest.json", null).path()).isEqualTo(".");
        assertThat(StateChoice.of(null, null).path()).isEqualTo(".dbt-state");
        assertThatThrownBy(() -> StateChoice.of("prod.json", null)).hasMessageContaining("must be a folder");
    }

    @Test
    void aSelectorReplacesTheDefaultSelection() throws Exception {
        step.setSelector("slim");
        assertThat(SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", null, List.of())
                        .selectionArguments())
                .containsExactly("--selector", "slim", "--state", "/ws/.dbt-state");
    }

    @Test
    void pathsAreThoseOfTheAgent() {
        assertThat(AgentPaths.child("/ws ä", "dbt/x")).isEqualTo("/ws ä/dbt/x");
        assertThat(AgentPaths.child("/ws", "/abs")).isEqualTo("/abs");
        assertThat(AgentPaths.child("C:\\ws", "dbt/x")).isEqualTo("C:\\ws\\dbt\\x");
        assertThat(AgentPaths.child("C:\\ws", "D:\\abs")).isEqualTo("D:\\abs");
    }

    @Test
    void aModeSetsWhatIsNotSaid() throws Exception {
        step.setMode(Mode.pullRequest);
        DbtPlan plan = SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", "gh_ci_42", List.of());
        assertThat(plan.target()).isEqualTo("staging");
        assertThat(plan.defer()).isTrue();
        assertThat(plan.operations()).extracting(Operation::macro).containsExactly("create_environment");
        step.setMode(Mode.deploy);
        step.setAllow(List.of("recreatedSources"));
        plan = SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", "gh_ci_42", List.of());
        assertThat(plan.target()).isEqualTo("production");
        assertThat(plan.defer()).isFalse();
        assertThat(plan.allowed()).containsExactly(Guard.RECREATED_SOURCES);
        assertThat(plan.operations()).extracting(Operation::macro).containsExactly("drop_environment");
        assertThat(SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", null, List.of())
                        .operations())
                .isEmpty();
    }

    @Test
    void whatIsSaidCountsMoreThanTheMode() throws Exception {
        step.setMode(Mode.deploy);
        step.setTarget("prod");
        step.setOperations(List.of("prepare"));
        DbtPlan plan = SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", "gh_ci_42", List.of());
        assertThat(plan.target()).isEqualTo("prod");
        assertThat(plan.operations()).extracting(Operation::macro).containsExactly("prepare");
    }
}
