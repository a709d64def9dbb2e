package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that a plan becomes on dbt's command line. */
class DbtPlanTest {
    @Test
    void whatIsNotSetIsLeftToDbt() throws Exception {
        DbtPlan plan = DbtPlan.builder("proj").build();
        assertThat(plan.commonArguments()).containsExactly("--project-dir", "proj");
        assertThat(plan.selectionArguments()).isEmpty();
        assertThat(plan.buildArguments()).isEmpty();
    }

    @Test
    void eachPartBecomesItsWords() throws Exception {
        DbtPlan plan = DbtPlan.builder("C:\\a b\\proj")
                .profilesDir("prof")
                .profile("shop")
                .target("production")
                .vars("{deploy: true, name: \"it's\"}")
                .threads(4)
                .warnError(true)
                .colors(false)
                .state("/state")
                .select(List.of("state:modified+", "tag:a,tag:b"))
                .exclude(List.of("config.materialized:source"))
                .indirectSelection("cautious")
                .defer(true)
                .favorState(true)
                .fullRefresh(true)
                .failFast(true)
                .extraArgs(List.of("--resource-type", "model"))
                .build();
        assertThat(plan.commonArguments())
                .containsExactly(
                        "--project-dir",
                        "C:\\a b\\proj",
                        "--profiles-dir",
                        "prof",
                        "--profile",
                        "shop",
                        "--target",
                        "production",
                        "--vars",
                        "{deploy: true, name: \"it's\"}",
                        "--threads",
                        "4",
                        "--warn-error",
                        "--no-use-colors");
        assertThat(plan.selectionArguments())
                .containsExactly(
                        "--select",
                        "state:modified+",
                        "--select",
                        "tag:a,tag:b",
                        "--exclude",
                        "config.materialized:source",
                        "--indirect-selection",
                        "cautious",
                        "--state",
                        "/state");
        assertThat(plan.buildArguments())
                .containsExactly(
                        "--defer", "--favor-state", "--full-refresh", "--fail-fast", "--resource-type", "model");
    }

    @Test
    void partsThatDoNotGoTogetherAreTold() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DbtPlan.builder("p").defer(true).build())
                .withMessageContaining("Deferring needs a state");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DbtPlan.builder("p")
                        .selector("nightly")
                        .select(List.of("a"))
                        .build())
                .withMessageContaining("cannot be combined");
    }

    @Test
    void travelsToTheAgent() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(DbtPlan.builder("p")
                    .operations(List.of(Operation.parse("create_environment")))
                    .build());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((DbtPlan) in.readObject()).operations())
                    .containsExactly(new Operation("create_environment", "", false));
        }
    }

    @Test
    void operationsAreMacrosWithArguments() throws Exception {
        assertThat(Operation.parse("utils.drop:{tag: pr_42}"))
                .isEqualTo(new Operation("utils.drop", "{tag: pr_42}", false));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Operation.parse("--args"))
                .withMessageContaining("'--args' is not the name of a macro");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--select",
                "--select=x",
                "-sx",
                "-s",
                "--target=prod",
                "-t",
                "--vars",
                "--log-path=/x",
                "--no-write-json"
            })
    void furtherArgumentsDoNotOverrideThePlan(String word) {
        assertThatThrownBy(() -> DbtPlan.builder(".").extraArgs(List.of(word)).build())
                .hasMessageStartingWith("The further arguments of dbt hold -")
                .hasMessageEndingWith(".");
    }

    @Test
    void theOptionIsNamedAsStepsAndCommandCallIt() {
        assertThatThrownBy(() -> DbtPlan.builder(".")
                        .extraArgs(List.of("--full-refresh"))
                        .build())
                .hasMessage("The further arguments of dbt hold --full-refresh: use the option fullRefresh (of the"
                        + " command: --full-refresh) instead.");
    }

    @Test
    void otherFurtherArgumentsAreDbts() throws Exception {
        List<String> words =
                List.of("--empty", "--resource-type", "model", "--store-failures", "--sample=x", "-q", "t");
        assertThat(DbtPlan.builder(".").extraArgs(words).build().buildArguments())
                .isEqualTo(words);
    }

    /** As people copy it from a shell line: dbt would unite it all, and build the very nodes to be left out. */
    @Test
    void optionsAmongTheCriteriaAreRefused() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DbtPlan.builder(".")
                        .select(List.of("state:modified+ --exclude stg_bins"))
                        .build())
                .withMessage(
                        "The option select holds --exclude, which is no criterion: use the option exclude (of the command:"
                                + " --exclude) instead.");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() ->
                        DbtPlan.builder(".").exclude(List.of("a", "b --empty")).build())
                .withMessage("The option exclude holds --empty, which is no criterion: give it as a further argument of"
                        + " dbt.");
    }

    /** What a pull request made dbt parse must never be what production's builds start from. */
    @Test
    void aChangeRequestKeepsNoParse() throws Exception {
        List<String> kept = List.of("production");
        assertThat(DbtPlan.builder(".").keepParse(kept).build().keepParse()).isEqualTo(kept);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DbtPlan.builder(".")
                        .keepParse(kept)
                        .ownEnvironment(true)
                        .build())
                .withMessage(
                        "A change request's parse is for nobody else: keepParse (--keep-parse) is for the builds of"
                                + " production.");
    }

    @Test
    void onlyVarsAndEnvCountBeyondDbt() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DbtPlan.builder(".")
                        .alsoChanged(List.of("vars", "target"))
                        .build())
                .withMessage("What also counts as changed (alsoChanged, --also-changed) is vars or env; \"target\" is"
                        + " neither.");
    }
}
