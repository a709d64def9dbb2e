package io.jenkins.plugins.dbtslim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.Deps;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import org.junit.jupiter.api.Test;

/** Options with fixed values, from text to what they mean. */
class ChoiceTest {
    @Test
    void readsValuesInAnyCaseAndWithDashes() throws Exception {
        assertThat(Choice.of(Deps.class, "deps", " never ")).isEqualTo(Deps.never);
        assertThat(Choice.of(OnBehind.class, "onBehind", "FAIL")).isEqualTo(OnBehind.fail);
        assertThat(Choice.of(Mode.class, "mode", "pullRequest")).isEqualTo(Mode.pullRequest);
        assertThat(Choice.of(IfMissing.class, "ifMissing", "fullbuild")).isEqualTo(IfMissing.fullBuild);
        assertThat(Choice.of(IfMissing.class, "--if-missing", "full-build")).isEqualTo(IfMissing.fullBuild);
    }

    @Test
    void listsTheValuesAsTheirUserWritesThem() {
        assertThatThrownBy(() -> Choice.of(IfMissing.class, "ifMissing", "never"))
                .hasMessage("ifMissing is fail, fullBuild or skip, and not \"never\".");
        assertThatThrownBy(() -> Choice.of(IfMissing.class, "--if-missing", "never"))
                .hasMessage("--if-missing is fail, full-build or skip, and not \"never\".");
        assertThatThrownBy(() -> Choice.of(OnConflict.class, "--on-conflict", ""))
                .hasMessage("--on-conflict is fail or overwrite, and not \"\".");
    }
}
