package io.jenkins.plugins.dbtslim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds where an option is not given. */
class ModeRulesTest {
    @Test
    void readsFromProductionWhereThereIsAStateAndElsewhereThanInProduction() {
        assertThat(ModeRules.defers(Mode.none, true, null, null)).isTrue();
        assertThat(ModeRules.defers(Mode.pullRequest, true, "staging", null)).isTrue();
        assertThat(ModeRules.defers(Mode.none, false, null, null)).isFalse();
        assertThat(ModeRules.defers(Mode.none, true, "production", null)).isFalse();
        assertThat(ModeRules.defers(Mode.deploy, true, "blue", null)).isFalse();
    }

    @Test
    void whatIsSaidHolds() {
        assertThat(ModeRules.defers(Mode.pullRequest, true, null, false)).isFalse();
        assertThat(ModeRules.defers(Mode.deploy, true, "production", true)).isTrue();
        assertThat(ModeRules.favorsState(Mode.pullRequest, true, false)).isFalse();
        assertThat(ModeRules.favorsState(Mode.none, true, true)).isTrue();
    }

    @Test
    void favorsProductionInThePullRequestsMode() {
        assertThat(ModeRules.favorsState(Mode.pullRequest, true, null)).isTrue();
        assertThat(ModeRules.favorsState(Mode.pullRequest, false, null)).isFalse();
        assertThat(ModeRules.favorsState(Mode.deploy, true, null)).isFalse();
        assertThat(ModeRules.favorsState(Mode.none, true, null)).isFalse();
    }

    @Test
    void operationsAreTheModesUnlessOthersAreGiven() {
        List<Operation> own = List.of(new Operation("vacuum", "", false));
        assertThat(ModeRules.operations(Mode.pullRequest, "pr_1", own)).isEqualTo(own);
        assertThat(ModeRules.operations(Mode.pullRequest, "pr_1", List.of()))
                .extracting(Operation::macro)
                .containsExactly("create_environment");
        assertThat(ModeRules.operations(Mode.none, "pr_1", List.of())).isEmpty();
    }

    /** Else the next deploy has nothing to do where the change is taken back. */
    @Test
    void saysWhatAFailedDeployLeftUnsaid() {
        assertThat(ModeRules.unpublished(Mode.deploy, RunStatus.FAILURE, 2, false))
                .startsWith(
                        "This deploy built 2 nodes before it failed, and production's manifest does not say so yet:");
        assertThat(ModeRules.unpublished(Mode.deploy, RunStatus.ABORTED, 1, false))
                .contains(" 1 node ");
        assertThat(ModeRules.unpublished(Mode.deploy, RunStatus.FAILURE, 2, true))
                .isNull();
        assertThat(ModeRules.unpublished(Mode.deploy, RunStatus.FAILURE, 0, false))
                .isNull();
        assertThat(ModeRules.unpublished(Mode.deploy, RunStatus.SUCCESS, 2, false))
                .isNull();
        assertThat(ModeRules.unpublished(Mode.pullRequest, RunStatus.FAILURE, 2, false))
                .isNull();
    }
}
