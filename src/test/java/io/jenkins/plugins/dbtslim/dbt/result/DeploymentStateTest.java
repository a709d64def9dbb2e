package io.jenkins.plugins.dbtslim.dbt.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.dbt.DeploymentToken;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver is told of a deployment, and what it tells. */
class DeploymentStateTest {
    @TempDir
    Path keep;

    private DeploymentState read(String json) throws IOException {
        Files.writeString(keep.resolve(DeploymentState.FILE), json);
        return DeploymentState.read(keep);
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        DeploymentState state = read("""
                {"action": "prepare", "result": "PREPARED", "stage": "prepared", "deployment": "aaa", "target": "prod",
                 "clusters": [{"name": "c", "status": "failing", "hydrated": 1, "total": 3, "lag": 2, "reason": "no_replicas",
                 "seconds": 1.5}], "staged": ["x"], "statements": ["ALTER"], "lost": [], "dependents": ["a.b"], "left": ["x"], "attempts": 2,
                 "token": "{\\"dbt-slim\\":1}", "waited": 2.5, "wait_limit": 60, "standing": "untouched", "of a later version": {"a": [1]}, "stages": []}
                """);
        assertThat(state)
                .isEqualTo(new DeploymentState(
                        "prepare",
                        "PREPARED",
                        "prepared",
                        "aaa",
                        "prod",
                        List.of(new DeploymentState.Cluster("c", "failing", 1, 3, 2, 1.5, "no_replicas")),
                        List.of("x"),
                        List.of("ALTER"),
                        List.of(),
                        List.of("a.b"),
                        List.of("x"),
                        2,
                        "{\"dbt-slim\":1}",
                        2.5,
                        60,
                        "untouched"));
        assertThat(state.prepares()).isTrue();
    }

    @Test
    void ofADriverThatDidNotBeginThereIsNone() throws Exception {
        assertThat(DeploymentState.read(keep)).isNull();
        assertThat(read("{\"action\": \"cleanup\", \"result\": null}").result()).isNull();
        assertThatThrownBy(() -> read("{\"action\": ")).isInstanceOf(DbtException.class);
    }

    /** A project's code can write that file, and the controller keeps what is read of it. */
    @Test
    void isSmallWhateverTheFileHolds() throws Exception {
        String text = "x".repeat(100_000);
        String clusters = "{\"status\":\"" + text + "\"}" + ",{}".repeat(5_000);
        DeploymentState state = read("{\"action\": \"prepare\", \"result\": \"" + text + "\", \"stage\": \"" + text
                + "\", \"deployment\": \"" + text + "\", \"target\": \"" + text + "\", \"standing\": \"" + text
                + "\", \"lost\": [\"" + text + "\"], \"clusters\": [" + clusters + "]}");
        assertThat(state.clusters()).hasSize(1_000);
        assertThat(state.clusters().get(0).status()).hasSize(AgentLimits.TEXT);
        assertThat(List.of(state.result(), state.stage(), state.deployment(), state.target(), state.standing()))
                .allMatch(each -> each.length() == AgentLimits.TEXT);
        assertThat(state.lost().get(0)).hasSize(AgentLimits.TEXT);
        assertThatThrownBy(() -> read("{\"action\": \"prepare\", \"token\": \"" + text + "x\"}"))
                .isInstanceOf(DbtException.class)
                .hasMessageContaining("cannot be read: its token is too long");
    }

    @Test
    void anOrderIsCheckedBeforeAnythingIsDone() throws IOException {
        DeploymentOrder order = DeploymentOrder.of(Action.PREPARE, null);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DeploymentOrder.of(Action.PROMOTE, null))
                .withMessageContaining("set token");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> order.waiting(1, 1, "1s'; drop"))
                .withMessageContaining("interval");
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> order.waiting(0, 1, "1s"));
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> order.retrying(-1));
        assertThat(json(order.waiting(1, 2, "5 minutes")
                        .retrying(0)
                        .droppingExisting(true)
                        .copyingPrivileges(false)
                        .cleaning(true, true)
                        .besides(List.of("gh_ci_42"))
                        .seeing(Map.of("s3://b/m", "\"1\""))
                        .objecting("no")))
                .contains(
                        "\"action\":\"prepare\",\"token\":null,\"time_limit\":1.0,\"poll_seconds\":2.0",
                        "\"lag_threshold\":\"5minutes\",\"max_retries\":0,\"drop_existing\":true,\"copy_privileges\":false",
                        "\"force\":true,\"dry_run\":true,\"environments\":[\"gh_ci_42\"]",
                        "\"seen\":{\"s3://b/m\":\"%221%22\"},\"objection\":\"no\"");
    }

    private String json(DeploymentOrder order) throws IOException {
        DbtPlan plan = DbtPlan.builder("p").deployment(order).build();
        return DbtDriver.json("1", plan, List.of(), DbtEnvironment.onPath(), keep, List.of())
                .replaceAll("\\s+", "");
    }

    /** What is no token, or one of another version, is refused by the driver. */
    @Test
    void aTokenTellsWhatLayAtStoresWhenTheDeploymentBegan() {
        String token =
                "{'dbt-slim':1,'schemas':{'m':['u1','u2']},'seen':{'s3://b/m':'%221%22','file:/m%20n':null,'x':{'y':1}},"
                                .replace('\'', '"')
                        + "\"clusters\":{}}";
        assertThat(DeploymentToken.seen(token))
                .containsEntry("s3://b/m", "\"1\"")
                .containsEntry("file:/m n", null)
                .containsEntry("x", null)
                .hasSize(3);
        for (String other : new String[] {
            "{}", "nonsense", "[1]", "", "{\"seen\": {\"%\": 1}}", "{\"seen\": {\"a\": ", "{\"seen\": 1}"
        }) {
            assertThat(DeploymentToken.seen(other)).as(other).isEmpty();
        }
        assertThat(DeploymentToken.seen(null)).isEmpty();
    }

    @Test
    void theDriverGetsTheOrderWithThePlan() throws Exception {
        DbtPlan plan = DbtPlan.builder("p")
                .deployment(DeploymentOrder.of(Action.PROMOTE, "t")
                        .retrying(5)
                        .seeing(Map.of("file:/m n", "\"1\""))
                        .objecting("no"))
                .build();
        assertThat(DbtDriver.json("1", plan, List.of(), DbtEnvironment.onPath(), keep, List.of()))
                .contains("\"deployment\" : {", "\"action\" : \"promote\"", "\"token\" : \"t\"", "\"max_retries\" : 5")
                .contains("\"file:/m%20n\" : \"%221%22\"", "\"objection\" : \"no\"");
        assertThat(DbtDriver.json(
                        "1", DbtPlan.builder("p").build(), List.of(), DbtEnvironment.onPath(), keep, List.of()))
                .contains("\"deployment\" : null");
    }
}
