package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the driver is to do for a blue/green deployment; what an action does not need has its default.
 *
 * @param token of the prepared deployment; null to prepare one, and where clean-up goes by what is there
 * @param timeLimit seconds that clusters may take to get ready
 * @param pollSeconds between two looks at the clusters
 * @param lagThreshold how far behind a ready cluster may be, as Materialize writes an interval
 * @param dropExisting whether prepared schemas and clusters of unknown origin are dropped first
 * @param maxRetries attempts of the swap after the first, each after a conflict with other changes of the catalogue
 * @param force whether clean-up drops what a guard would spare
 * @param dryRun whether clean-up only says what it would drop
 * @param seen what lay at stores when the deployment began, for its token: ETags by location, null where nothing lay
 * @param objection sentence with which promoting is refused if the swap is still to come, or null
 */
public record DeploymentOrder(
        Action action,
        String token,
        double timeLimit,
        double pollSeconds,
        String lagThreshold,
        boolean dropExisting,
        int maxRetries,
        boolean force,
        boolean dryRun,
        Map<String, String> seen,
        String objection)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public DeploymentOrder {
        // A plain map, because this travels to agents; and it may have null for a value.
        seen = new LinkedHashMap<>(seen);
    }

    /** The three steps of a deployment. */
    public enum Action {
        PREPARE,
        PROMOTE,
        CLEANUP
    }

    /** The action alone. */
    public static DeploymentOrder of(Action action, String token) throws UserException {
        return new DeploymentOrder(action, token, 3600, 15, "1s", false, 3, false, false, Map.of(), null).checked();
    }

    /** The same with another patience. */
    public DeploymentOrder waiting(double limit, double poll, String lag) throws UserException {
        return new DeploymentOrder(
                        action, token, limit, poll, lag, dropExisting, maxRetries, force, dryRun, seen, objection)
                .checked();
    }

    /** The same, where what is there is dropped first. */
    public DeploymentOrder droppingExisting(boolean value) {
        return new DeploymentOrder(
                action, token, timeLimit, pollSeconds, lagThreshold, value, maxRetries, force, dryRun, seen, objection);
    }

    /** The same with another number of retries. */
    public DeploymentOrder retrying(int retries) throws UserException {
        return new DeploymentOrder(
                        action,
                        token,
                        timeLimit,
                        pollSeconds,
                        lagThreshold,
                        dropExisting,
                        retries,
                        force,
                        dryRun,
                        seen,
                        objection)
                .checked();
    }

    /** The same, for clean-up. */
    public DeploymentOrder cleaning(boolean forced, boolean onlySaying) {
        return new DeploymentOrder(
                action,
                token,
                timeLimit,
                pollSeconds,
                lagThreshold,
                dropExisting,
                maxRetries,
                forced,
                onlySaying,
                seen,
                objection);
    }

    /** The same with what lay at stores when the deployment began. */
    public DeploymentOrder seeing(Map<String, String> etags) {
        return new DeploymentOrder(
                action,
                token,
                timeLimit,
                pollSeconds,
                lagThreshold,
                dropExisting,
                maxRetries,
                force,
                dryRun,
                etags,
                objection);
    }

    /** The same, to be refused with a sentence unless it is swapped already. */
    public DeploymentOrder objecting(String sentence) {
        return new DeploymentOrder(
                action,
                token,
                timeLimit,
                pollSeconds,
                lagThreshold,
                dropExisting,
                maxRetries,
                force,
                dryRun,
                seen,
                sentence);
    }

    /** What a user gives is refused with a sentence. */
    private DeploymentOrder checked() throws UserException {
        if (action == Action.PROMOTE && (token == null || token.isBlank())) {
            throw new UserException(
                    "Promoting needs the token of the map that dbtBlueGreenPrepare returned: set token.");
        }
        if (timeLimit <= 0 || pollSeconds <= 0 || maxRetries < 0) {
            throw new UserException("Time limit and poll interval are positive numbers, and retries are none or more.");
        }
        if (lagThreshold == null || !lagThreshold.matches("[0-9][0-9a-zA-Z .:]{0,40}")) {
            throw new UserException("The lag threshold is an interval such as 1s or 5 minutes.");
        }
        return this;
    }

    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("action", action.name().toLowerCase(Locale.ROOT));
        json.writeStringField("token", token);
        json.writeNumberField("time_limit", timeLimit);
        json.writeNumberField("poll_seconds", pollSeconds);
        json.writeStringField("lag_threshold", lagThreshold);
        json.writeBooleanField("drop_existing", dropExisting);
        json.writeNumberField("max_retries", maxRetries);
        json.writeNumberField("retry_backoff", 1);
        json.writeBooleanField("force", force);
        json.writeBooleanField("dry_run", dryRun);
        json.writeObjectFieldStart("seen");
        for (Map.Entry<String, String> entry : seen.entrySet()) {
            json.writeStringField(DeploymentToken.encoded(entry.getKey()), DeploymentToken.encoded(entry.getValue()));
        }
        json.writeEndObject();
        json.writeStringField("objection", objection);
        json.writeEndObject();
    }
}
