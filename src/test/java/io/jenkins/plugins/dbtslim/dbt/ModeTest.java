package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the modes set, and which guards there are to allow. */
class ModeTest {
    @Test
    void pullRequestMakesItsEnvironmentAndReadsTheRestFromProduction() {
        Mode preset = Mode.pullRequest;
        assertThat(preset.target()).isEqualTo("staging");
        assertThat(preset.defers()).isTrue();
        assertThat(preset.operations("gh_ci_42")).containsExactly(new Operation("create_environment", "", true));
        assertThat(Mode.none.operations("gh_ci_42")).isEmpty();
    }

    @Test
    void deployDropsTheMergedPullRequestWhereItWasMade() throws Exception {
        Mode preset = Mode.deploy;
        assertThat(preset.target()).isEqualTo("production");
        assertThat(preset.defers()).isFalse();
        assertThat(preset.operations(null)).isEmpty();
        DbtPlan plan = DbtPlan.builder(".")
                .target(preset.target())
                .operations(preset.operations("gh_ci_42"))
                .build();
        assertThat(plan.commonArguments()).contains("--target", "production");
        assertThat(plan.commonArguments(plan.operations().get(0)))
                .doesNotContain("--target")
                .contains("--project-dir");
    }

    @Test
    void aBuildForAChangeIsOneThatMayNotWriteProduction() {
        Operation drop = new Operation("drop_environment", "", true);
        assertThat(Mode.isForChange(Mode.pullRequest, false, "pr_1", List.of())).isTrue();
        assertThat(Mode.isForChange(Mode.none, true, "pr_1", List.of())).isTrue();
        assertThat(Mode.isForChange(Mode.none, true, null, List.of())).isFalse();
        assertThat(Mode.isForChange(Mode.none, false, "pr_1", List.of())).isFalse();
        assertThat(Mode.isForChange(Mode.none, true, "pr_1", List.of(drop))).isFalse();
        assertThat(Mode.isForChange(Mode.deploy, true, "pr_1", List.of())).isFalse();
    }

    @Test
    void guardsThereAreAreListed() throws Exception {
        assertThat(Guard.parse(List.of("ciTag", " recreatedSources ")))
                .containsExactly(Guard.CI_TAG, Guard.RECREATED_SOURCES);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Guard.parse(List.of("all")))
                .withMessageContaining("There is no guard \"all\" to allow: there are ciTag, unboundCredentials,");
    }
}
