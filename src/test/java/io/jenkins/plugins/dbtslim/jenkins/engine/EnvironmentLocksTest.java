package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One build at a time in an environment, whatever its steps are. */
class EnvironmentLocksTest {
    @Test
    void aSecondBuildInAnEnvironmentNamesTheFirst() throws UserException {
        StepKey first = new StepKey("job#1", "5");
        take(first);
        take(first);
        take(new StepKey("job#1", "9"));
        StepKey second = new StepKey("job#2", "5");
        assertThatThrownBy(() -> take(second))
                .hasMessage(
                        "job#1 is running in the same environment (mz gh_ci_7): let it end first, or let the job run"
                                + " one build at a time.");
        EnvironmentLocks.release(first);
        assertThatThrownBy(() -> take(second)).hasMessageContaining("job#1");
        EnvironmentLocks.release(new StepKey("job#1", "9"));
        take(second);
        EnvironmentLocks.release(second);
    }

    /** Who may not read a job learns nothing of it but that the environment is taken. */
    @Test
    void aBuildThatMustNotBeSeenIsNotNamed() throws UserException {
        StepKey hidden = new StepKey("hidden/job#1", "5");
        EnvironmentLocks.take("mz gh_ci_9", hidden, build -> true, build -> null);
        assertThatThrownBy(() ->
                        EnvironmentLocks.take("mz gh_ci_9", new StepKey("job#2", "5"), build -> true, build -> null))
                .hasMessageStartingWith("Another build is running in the same environment (mz gh_ci_9)")
                .hasMessageNotContaining("hidden");
        EnvironmentLocks.release(hidden);
    }

    @Test
    void anEnvironmentOfABuildThatIsGoneIsFree() throws UserException {
        EnvironmentLocks.takeAgain(List.of("mz gh_ci_8"), new StepKey("job#1", "5"));
        StepKey second = new StepKey("job#2", "5");
        assertThatThrownBy(() -> EnvironmentLocks.take("mz gh_ci_8", second, build -> true, build -> build))
                .hasMessageContaining("job#1");
        EnvironmentLocks.take("mz gh_ci_8", second, build -> false, build -> build);
        EnvironmentLocks.release(second);
    }

    private static void take(StepKey key) throws UserException {
        EnvironmentLocks.take("mz gh_ci_7", key, build -> true, build -> build);
    }
}
