package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import org.junit.jupiter.api.Test;

/** What a run means for the build, option by option. */
class VerdictTest {
    private final SlimBuildStep step = new SlimBuildStep();

    @Test
    void byDefaultEveryFailureFails() throws Exception {
        assertThat(Verdict.of(step, ExitStatus.SUCCESS, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, ExitStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, ExitStatus.FAILURE, false)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, ExitStatus.FAILURE, true)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, ExitStatus.ERROR, false)).isEqualTo(Verdict.FAILURE);
        assertThat(Verdict.of(step, ExitStatus.ABORTED, false)).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void optionsSoftenModelsAndTestsApart() throws Exception {
        step.setOnTestFailure("unstable");
        assertThat(Verdict.of(step, ExitStatus.FAILURE, true)).isEqualTo(Verdict.UNSTABLE);
        assertThat(Verdict.of(step, ExitStatus.FAILURE, false)).isEqualTo(Verdict.FAILURE);
        step.setOnError("unstable");
        assertThat(Verdict.of(step, ExitStatus.FAILURE, false)).isEqualTo(Verdict.UNSTABLE);
        step.setOnNothingToDo("notBuilt");
        assertThat(Verdict.of(step, ExitStatus.NOTHING_TO_DO, false)).isEqualTo(Verdict.NOT_BUILT);
    }

    @Test
    void reportOnlyLeavesTheResultAloneButNotErrorsOfDbt() throws Exception {
        step.setReportOnly(true);
        assertThat(Verdict.of(step, ExitStatus.FAILURE, false)).isEqualTo(Verdict.SUCCESS);
        assertThat(Verdict.of(step, ExitStatus.ERROR, false)).isEqualTo(Verdict.FAILURE);
    }

    @Test
    void wordsAreChecked() {
        step.setOnError("maybe");
        assertThatThrownBy(() -> Verdict.check(step))
                .hasMessage("onError is success, unstable, failure or notBuilt, and not \"maybe\".");
    }
}
