package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import org.junit.jupiter.api.Test;

/** What a run means for the build, option by option. */
class VerdictTest {
    private final SlimBuildStep step = new SlimBuildStep();

    @Test
    void byDefaultEveryFailureFails() throws Exception {
        assertThat(Verdict.of(step, RunStatus.SUCCESS, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, RunStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, RunStatus.FAILURE, true)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, RunStatus.ERROR, false)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, RunStatus.ABORTED, false)).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void optionsSoftenModelsAndTestsApart() throws Exception {
        step.setOnTestFailure("unstable");
        assertThat(Verdict.of(step, RunStatus.FAILURE, true)).isEqualTo(Verdict.UNSTABLE);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.FAILURE);
        step.setOnError("unstable");
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.UNSTABLE);
        step.setOnNothingToDo("notBuilt");
        assertThat(Verdict.of(step, RunStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.NOT_BUILT);
    }

    @Test
    void reportOnlyLeavesTheResultAloneButNotErrorsOfDbt() throws Exception {
        step.setReportOnly(true);
        assertThat(Verdict.of(step, RunStatus.FAILURE, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, RunStatus.ERROR, false)).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void wordsAreChecked() {
        step.setOnError("maybe");
        assertThatThrownBy(() -> Verdict.check(step))
                .hasMessage("onError is success, unstable, failure or notBuilt, and not \"maybe\".");
    }
}
