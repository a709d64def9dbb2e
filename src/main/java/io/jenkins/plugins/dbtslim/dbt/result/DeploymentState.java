package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.DeploymentToken;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How far a blue/green deployment is, as the driver wrote it down at each stage.
 *
 * @param action {@code prepare}, {@code promote} or {@code cleanup}
 * @param result {@code PREPARED}, {@code PROMOTED}, {@code ALREADY_PROMOTED}, {@code CLEANED} and the like; what went
 *     wrong otherwise, such as {@code SINKS_FAILED}; null if the driver did not come to an end
 * @param stage the last one that was begun
 * @param deployment id of the deployment, or null
 * @param target dbt's target, or null
 * @param clusters that were waited for
 * @param staged where only what a change reaches is: how much that is, and then why each schema and cluster is
 * @param statements what the swap does, or what was dropped
 * @param lost what production has and the prepared schemas lack, as {@code schema.name (type)}
 * @param dependents what lies elsewhere and reads from the objects that go
 * @param left names of the schemas and clusters that are to be cleaned up
 * @param attempts of the swap
 * @param token for dbtBlueGreenPromote, or null
 * @param waited seconds that the clusters have been waited for at the last look at them; -1 if they are not waited for
 * @param waitLimit seconds after which waiting is given up
 * @param standing how things stand and what to do where the driver came to no end; null in a report
 */
public record DeploymentState(
        String action,
        @CheckForNull String result,
        String stage,
        @CheckForNull String deployment,
        @CheckForNull String target,
        List<Cluster> clusters,
        List<String> staged,
        List<String> statements,
        List<String> lost,
        List<String> dependents,
        List<String> left,
        int attempts,
        @CheckForNull String token,
        double waited,
        double waitLimit,
        String standing)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Name of the file in the kept folder. */
    public static final String FILE = "deployment.json";

    private static final int MAX_LISTED = 1_000;

    /**
     * A cluster as it was seen last.
     *
     * @param status {@code ready}, {@code hydrating}, {@code lagging} or {@code failing}
     * @param hydrated objects that are
     * @param total objects that are to be
     * @param lag seconds behind
     * @param seconds until it was ready; -1 if it was not
     * @param reason why it fails, or null
     */
    public record Cluster(
            String name,
            String status,
            int hydrated,
            int total,
            int lag,
            double seconds,
            @CheckForNull String reason) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Cluster {
            name = name == null ? "" : name;
            status = status == null ? "" : status;
        }

        private Cluster masked(UnaryOperator<String> mask) {
            return new Cluster(mask.apply(name), status, hydrated, total, lag, seconds, mask.apply(reason));
        }
    }

    public DeploymentState {
        // Plain lists, because this travels from agents.
        clusters = new ArrayList<>(clusters);
        staged = new ArrayList<>(staged);
        statements = new ArrayList<>(statements);
        lost = new ArrayList<>(lost);
        dependents = new ArrayList<>(dependents);
        left = new ArrayList<>(left);
    }

    /** The same with each text of dbt's or the database's put through a mask; the token and the states are our own. */
    public DeploymentState masked(UnaryOperator<String> mask) {
        return new DeploymentState(
                action,
                result,
                stage,
                deployment,
                target,
                clusters.stream().map(cluster -> cluster.masked(mask)).toList(),
                staged.stream().map(mask).toList(),
                statements.stream().map(mask).toList(),
                lost.stream().map(mask).toList(),
                dependents.stream().map(mask).toList(),
                left.stream().map(mask).toList(),
                attempts,
                token,
                waited,
                waitLimit,
                mask.apply(standing));
    }

    /** Whether this is the step that builds. */
    public boolean prepares() {
        return "prepare".equals(action);
    }

    /** Reads what the driver wrote, or null if it did not come to begin. */
    @CheckForNull
    public static DeploymentState read(Path keep) throws IOException {
        Path file = keep.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        JsonObject json;
        try {
            json = JsonObject.read(file);
        } catch (JsonProcessingException e) {
            throw new DbtException(file + " cannot be read: " + e.getOriginalMessage() + ".", e);
        }
        String token = json.text("token");
        if (token != null && token.length() > DeploymentToken.MAX_LENGTH) {
            throw new DbtException(file + " cannot be read: its token is too long to be one of ours.");
        }
        return new DeploymentState(
                text(json, "action"),
                text(json, "result"),
                text(json, "stage"),
                text(json, "deployment"),
                text(json, "target"),
                json.objects("clusters").stream()
                        .limit(MAX_LISTED)
                        .map(DeploymentState::cluster)
                        .toList(),
                listed(json, "staged"),
                listed(json, "statements"),
                listed(json, "lost"),
                listed(json, "dependents"),
                listed(json, "left"),
                json.number("attempts", 0),
                token,
                json.decimal("waited", -1),
                json.decimal("wait_limit", 0),
                text(json, "standing"));
    }

    private static String text(JsonObject json, String name) {
        return AgentLimits.cut(json.text(name));
    }

    private static List<String> listed(JsonObject json, String name) {
        return json.texts(name).stream().limit(MAX_LISTED).map(AgentLimits::cut).toList();
    }

    private static Cluster cluster(JsonObject json) {
        return new Cluster(
                text(json, "name"),
                text(json, "status"),
                json.number("hydrated", 0),
                json.number("total", 0),
                json.number("lag", 0),
                json.decimal("seconds", -1),
                text(json, "reason"));
    }
}
