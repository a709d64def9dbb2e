package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a blue/green deployment is, as the driver wrote it down at each stage.
 *
 * @param action {@code prepare}, {@code promote} or {@code cleanup}
 * @param result {@code PREPARED}, {@code PROMOTED}, {@code ALREADY_PROMOTED}, {@code CLEANED} and the like; what went wrong
 *     otherwise, such as {@code SINKS_FAILED}; null if the driver did not come to an end
 * @param stage the last one that was begun
 * @param deployment id of the deployment, or null
 * @param target dbt's target, or null
 * @param clusters that were waited for
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
        String result,
        String stage,
        String deployment,
        String target,
        List<Cluster> clusters,
        List<String> statements,
        List<String> lost,
        List<String> dependents,
        List<String> left,
        int attempts,
        String token,
        double waited,
        double waitLimit,
        String standing)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Name of the file in the kept folder. */
    public static final String FILE = "deployment.json";

    private static final int MAX_LISTED = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

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
    public record Cluster(String name, String status, int hydrated, int total, int lag, double seconds, String reason)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        public Cluster {
            name = name == null ? "" : name;
            status = status == null ? "" : status;
        }
    }

    public DeploymentState {
        // Plain lists, because this travels from agents.
        clusters = new ArrayList<>(clusters);
        statements = new ArrayList<>(statements);
        lost = new ArrayList<>(lost);
        dependents = new ArrayList<>(dependents);
        left = new ArrayList<>(left);
    }

    /** Whether this is the step that builds. */
    public boolean prepares() {
        return "prepare".equals(action);
    }

    /** Reads what the driver wrote, or null if it did not come to begin. */
    public static DeploymentState read(Path keep) throws IOException {
        Path file = keep.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Map<String, String> texts = new HashMap<>();
        Map<String, List<String>> lists = new HashMap<>();
        List<Cluster> clusters = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JSON.createParser(in)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.START_ARRAY) {
                    lists.put(name, list(json, clusters));
                } else if (value == JsonToken.START_OBJECT) {
                    json.skipChildren();
                } else {
                    texts.put(name, json.getValueAsString());
                }
            }
        } catch (JsonParseException e) {
            throw new DbtException(file + " cannot be read: " + e.getOriginalMessage() + ".", e);
        }
        return new DeploymentState(
                texts.get("action"),
                texts.get("result"),
                texts.get("stage"),
                texts.get("deployment"),
                texts.get("target"),
                clusters,
                lists.getOrDefault("statements", List.of()),
                lists.getOrDefault("lost", List.of()),
                lists.getOrDefault("dependents", List.of()),
                lists.getOrDefault("left", List.of()),
                Integer.parseInt(texts.getOrDefault("attempts", "0")),
                texts.get("token"),
                Double.parseDouble(texts.getOrDefault("waited", "-1")),
                Double.parseDouble(texts.getOrDefault("wait_limit", "0")),
                texts.get("standing"));
    }

    private static List<String> list(JsonParser json, List<Cluster> clusters) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                clusters.add(cluster(json));
            } else if (texts.size() < MAX_LISTED) {
                texts.add(json.getValueAsString());
            }
        }
        return texts;
    }

    private static Cluster cluster(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, json.getValueAsString());
        }
        return new Cluster(
                fields.get("name"),
                fields.get("status"),
                Integer.parseInt(fields.getOrDefault("hydrated", "0")),
                Integer.parseInt(fields.getOrDefault("total", "0")),
                Integer.parseInt(fields.getOrDefault("lag", "0")),
                Double.parseDouble(fields.getOrDefault("seconds", "-1")),
                fields.get("reason"));
    }
}
