package io.jenkins.plugins.dbtslim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds where an option is not given. */
class ModeRulesTest {
    @Test
    void readsFromProductionWhereThereIsAStateAndElsewhereThanInProduction() {
        assertThat(ModeRules.defers(Preset.none, true, null, null)).isTrue();
        assertThat(ModeRules.defers(Preset.pullRequest, true, "staging", null)).isTrue();
        assertThat(ModeRules.defers(Preset.none, false, null, null)).isFalse();
        assertThat(ModeRules.defers(Preset.none, true, "production", null)).isFalse();
        assertThat(ModeRules.defers(Preset.deploy, true, "blue", null)).isFalse();
    }

    @Test
    void whatIsSaidHolds() {
        assertThat(ModeRules.defers(Preset.pullRequest, true, null, false)).isFalse();
        assertThat(ModeRules.defers(Preset.deploy, true, "production", true)).isTrue();
        assertThat(ModeRules.favorsState(Preset.pullRequest, true, false)).isFalse();
        assertThat(ModeRules.favorsState(Preset.none, true, true)).isTrue();
    }

    @Test
    void favorsProductionInThePullRequestsMode() {
        assertThat(ModeRules.favorsState(Preset.pullRequest, true, null)).isTrue();
        assertThat(ModeRules.favorsState(Preset.pullRequest, false, null)).isFalse();
        assertThat(ModeRules.favorsState(Preset.deploy, true, null)).isFalse();
        assertThat(ModeRules.favorsState(Preset.none, true, null)).isFalse();
    }

    @Test
    void operationsAreTheModesUnlessOthersAreGiven() {
        List<Operation> own = List.of(new Operation("vacuum", "", false));
        assertThat(ModeRules.operations(Preset.pullRequest, "pr_1", own)).isEqualTo(own);
        assertThat(ModeRules.operations(Preset.pullRequest, "pr_1", List.of()))
                .extracting(Operation::macro)
                .containsExactly("create_environment");
        assertThat(ModeRules.operations(Preset.none, "pr_1", List.of())).isEmpty();
    }

    /** Else the next deploy has nothing to do where the change is taken back. */
    @Test
    void saysWhatAFailedDeployLeftUnsaid() {
        assertThat(ModeRules.unpublished(Preset.deploy, RunStatus.FAILURE, 2, false))
                .startsWith(
                        "This deploy built 2 nodes before it failed, and production's manifest does not say so yet:");
        assertThat(ModeRules.unpublished(Preset.deploy, RunStatus.ABORTED, 1, false))
                .contains(" 1 node ");
        assertThat(ModeRules.unpublished(Preset.deploy, RunStatus.FAILURE, 2, true))
                .isNull();
        assertThat(ModeRules.unpublished(Preset.deploy, RunStatus.FAILURE, 0, false))
                .isNull();
        assertThat(ModeRules.unpublished(Preset.deploy, RunStatus.SUCCESS, 2, false))
                .isNull();
        assertThat(ModeRules.unpublished(Preset.pullRequest, RunStatus.FAILURE, 2, false))
                .isNull();
    }
}
