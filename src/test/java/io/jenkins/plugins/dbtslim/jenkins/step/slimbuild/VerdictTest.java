package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.dbtslim.dbt.Deps;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run means for the build, option by option. */
class VerdictTest {
    private final SlimBuildStep step = new SlimBuildStep();

    @Test
    void byDefaultEveryFailureFails() {
        assertThat(Verdict.of(step, RunStatus.SUCCESS, false)).isEqualTo(Verdict.success);
        assertThat(Verdict.of(step, RunStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.success);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.failure);
        assertThat(Verdict.of(step, RunStatus.FAILURE, true)).isEqualTo(Verdict.failure);
        assertThat(Verdict.of(step, RunStatus.ERROR, false)).isEqualTo(Verdict.failure);
        assertThat(Verdict.of(step, RunStatus.ABORTED, false)).isEqualTo(Verdict.failure);
    }

    @Test
    void optionsSoftenModelsAndTestsApart() {
        step.setOnTestFailure(Verdict.unstable);
        assertThat(Verdict.of(step, RunStatus.FAILURE, true)).isEqualTo(Verdict.unstable);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.failure);
        step.setOnError(Verdict.unstable);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.unstable);
        step.setOnNothingToDo(Verdict.notBuilt);
        assertThat(Verdict.of(step, RunStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.notBuilt);
    }

    @Test
    void reportOnlyLeavesTheResultAloneButNotErrorsOfDbt() {
        step.setReportOnly(true);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.success);
        assertThat(Verdict.of(step, RunStatus.ERROR, false)).isEqualTo(Verdict.failure);
    }

    @Test
    void scriptsWriteOptionsInAnyCaseAndWrongOnesAreRefusedWithASentence() {
        SlimBuildStep.DescriptorImpl descriptor = new SlimBuildStep.DescriptorImpl();
        assertThat(descriptor.customInstantiate(new TreeMap<>(Map.of(
                        "onError", "UNSTABLE", "mode", "", "deps", Deps.never, "select", "a", "onBehind", "ignore"))))
                .isEqualTo(Map.of(
                        "onError", Verdict.unstable, "deps", Deps.never, "select", "a", "onBehind", OnBehind.ignore));
        assertThatThrownBy(() -> descriptor.customInstantiate(Map.of("onError", "maybe")))
                .isInstanceOf(AbortException.class)
                .hasMessage("onError is success, unstable, notBuilt or failure, and not \"maybe\".");
    }
}
