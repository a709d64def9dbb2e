package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;

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
        boolean dryRun)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The three steps of a deployment. */
    public enum Action {
        PREPARE,
        PROMOTE,
        CLEANUP
    }

    /** The action alone. */
    public static DeploymentOrder of(Action action, String token) {
        return new DeploymentOrder(action, token, 3600, 15, "1s", false, 3, false, false).checked();
    }

    /** The same with another patience. */
    public DeploymentOrder waiting(double limit, double poll, String lag) {
        return new DeploymentOrder(action, token, limit, poll, lag, dropExisting, maxRetries, force, dryRun).checked();
    }

    /** The same, where what is there is dropped first. */
    public DeploymentOrder droppingExisting(boolean value) {
        return new DeploymentOrder(
                action, token, timeLimit, pollSeconds, lagThreshold, value, maxRetries, force, dryRun);
    }

    /** The same with another number of retries. */
    public DeploymentOrder retrying(int retries) {
        return new DeploymentOrder(
                        action, token, timeLimit, pollSeconds, lagThreshold, dropExisting, retries, force, dryRun)
                .checked();
    }

    /** The same, for clean-up. */
    public DeploymentOrder cleaning(boolean forced, boolean onlySaying) {
        return new DeploymentOrder(
                action, token, timeLimit, pollSeconds, lagThreshold, dropExisting, maxRetries, forced, onlySaying);
    }

    /** What a user gives is refused with a sentence. */
    private DeploymentOrder checked() {
        if (action == Action.PROMOTE && (token == null || token.isBlank())) {
            throw new IllegalArgumentException(
                    "Promoting needs the token of the map that dbtBlueGreenPrepare returned: set token.");
        }
        if (timeLimit <= 0 || pollSeconds <= 0 || maxRetries < 0) {
            throw new IllegalArgumentException(
                    "Time limit and poll interval are positive numbers, and retries are none or more.");
        }
        if (lagThreshold == null || !lagThreshold.matches("[0-9][0-9a-zA-Z .:]{0,40}")) {
            throw new IllegalArgumentException("The lag threshold is an interval such as 1s or 5 minutes.");
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
        json.writeEndObject();
    }
}
