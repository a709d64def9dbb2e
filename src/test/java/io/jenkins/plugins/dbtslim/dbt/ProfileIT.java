package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the profile before dbt is, is what dbt itself asks; build and doctor say the same. */
@Timeout(600)
class ProfileIT {
    @TempDir
    Path folder;

    private DriverRun dbt;

    @BeforeEach
    void makeProject() throws Exception {
        dbt = new DriverRun(folder);
        dbt.write("models/one.sql", "select 1 as id");
        dbt.write("macros/hello.sql", "{% macro hello() %}{{ log('hello', info=true) }}{% endmacro %}");
        dbt.write("profiles.yml", """
                small:
                  target: dev
                  outputs:
                    dev:
                      type: duckdb
                      path: "%s/{{ env_var('NO_SUCH', env_var('EMPTY')) or 'small' }}.duckdb"
                      schema: "prod{{ env_var('EMPTY') }}"
                """.formatted(folder));
    }

    @Test
    void aVariableThatIsSetToNothingIsSet() throws Exception {
        assertThat(dbt.run(dbt.plan()).error())
                .startsWith("The profile reads EMPTY from the environment, but that is not set");
        assertThat(dbt.doctor(dbt.plan())).contains("PROBLEM").contains("EMPTY");
        dbt.with("EMPTY", "");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(dbt.doctor(dbt.plan())).doesNotContain("PROBLEM");
    }

    @Test
    void aTargetThatAModeChoseIsNamedWithIt() throws Exception {
        dbt.with("EMPTY", "");
        assertThat(dbt.run(dbt.plan().targetOf(Mode.pullRequest)).error())
                .isEqualTo("The profile small has no target staging, which the mode pullRequest takes where none is"
                        + " named: name one (--target; in Jenkins: target) of dev, or add it.");
        assertThat(dbt.run(dbt.plan().target("dev").targetOf(Mode.pullRequest)).status())
                .isEqualTo(RunStatus.SUCCESS);
    }

    @Test
    void dbtSaysOnceWhoItIs() throws Exception {
        dbt.with("EMPTY", "");
        DbtOutcome outcome = dbt.run(dbt.plan().operations(List.of(new Operation("hello", "", false))));
        assertThat(outcome.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(dbt.output()).containsOnlyOnce("Running with dbt=").containsOnlyOnce("Registered adapter");
        assertThat(outcome.invocationId()).isNotNull();
    }
}
