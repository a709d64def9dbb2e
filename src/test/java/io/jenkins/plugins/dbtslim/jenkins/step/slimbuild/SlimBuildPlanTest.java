package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

/** From a step's options to what dbt is to run. */
class SlimBuildPlanTest {
    /** Options for what is around the run of dbt, its environment or what comes of it. */
    private static final Set<String> NOT_IN_THE_PLAN = Set.of(
            "ChecksName",
            "CiTag",
            "CredentialsId",
            "Dbt",
            "GitCredentialsId",
            "Host",
            "Id",
            "Junit",
            "OnBehind",
            "OnError",
            "OnNothingToDo",
            "OnTestFailure",
            "Publish",
            "ReportOnly",
            "SkipPublishingChecks",
            "State",
            "Tool",
            "Venv");
    /** Where not any text will do. */
    private static final Map<String, Object> SAMPLES = Map.of(
            "Allow", List.of("ciTag"),
            "AlsoChanged", List.of("vars"),
            "After", List.of("docs generate"),
            "Before", List.of("seed"),
            "ExtraArgs", List.of("--empty"),
            "Defer", false);

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

    /** Also the ones that somebody adds and forgets to hand on. */
    @Test
    void noOptionIsLost() throws Exception {
        Set<String> left = new TreeSet<>(NOT_IN_THE_PLAN);
        for (Method setter : SlimBuildStep.class.getMethods()) {
            String name = setter.getName().replaceFirst("^set", "");
            if (setter.isAnnotationPresent(DataBoundSetter.class) && !left.remove(name)) {
                String before = plan(asked(name));
                SlimBuildStep other = asked(name);
                setter.invoke(other, SAMPLES.containsKey(name) ? SAMPLES.get(name) : sample(name, setter, other));
                assertThat(plan(other)).as(name).isNotEqualTo(before);
            }
        }
        assertThat(left).isEmpty();
    }

    /** With what the option is a detail of. */
    private static SlimBuildStep asked(String name) {
        SlimBuildStep asked = new SlimBuildStep();
        asked.setCompareData(name.startsWith("Compare") && !name.equals("CompareData"));
        asked.setReplace(name.equals("ReplaceTimeLimit") || name.equals("CopyPrivileges"));
        return asked;
    }

    private static Object sample(String name, Method setter, SlimBuildStep now) throws ReflectiveOperationException {
        Class<?> type = setter.getParameterTypes()[0];
        if (type == boolean.class) {
            return !(boolean) SlimBuildStep.class.getMethod("is" + name).invoke(now);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[1];
        }
        return type == List.class ? List.of("one") : type == String.class ? "one" : (Object) 7;
    }

    private static String plan(SlimBuildStep step) throws Exception {
        DbtPlan plan = SlimBuildWork.plan(step, StateChoice.of(null, null), "/ws", null, List.of());
        return DbtDriver.json("1", plan, List.of(), DbtEnvironment.onPath(), Path.of("/kept"), List.of());
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
