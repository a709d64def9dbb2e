package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the driver is to do for a blue/green deployment; what is not said has the driver's default. The fields are those of
 * its JSON.
 */
public final class DeploymentOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Action action;
    private final LinkedHashMap<String, Object> fields;

    private DeploymentOrder(Action action, Map<String, Object> fields) {
        this.action = action;
        this.fields = new LinkedHashMap<>(fields);
    }

    /** The three steps of a deployment. */
    public enum Action {
        PREPARE,
        PROMOTE,
        CLEANUP
    }

    /**
     * The action alone.
     *
     * @param token of the prepared deployment; null to prepare one, and where clean-up goes by what is there
     */
    public static DeploymentOrder of(Action action, String token) throws UserException {
        if (action == Action.PROMOTE && (token == null || token.isBlank())) {
            throw new UserException(
                    "Promoting needs the token of the map that dbtBlueGreenPrepare returned: set token.");
        }
        return new DeploymentOrder(action, Map.of())
                .with("action", action.name().toLowerCase(Locale.ROOT))
                .with("token", token);
    }

    public Action action() {
        return action;
    }

    private DeploymentOrder with(String name, Object value) {
        DeploymentOrder order = new DeploymentOrder(action, fields);
        order.fields.put(name, value);
        return order;
    }

    /**
     * With another patience.
     *
     * @param limit seconds that clusters may take to get ready
     * @param poll seconds between two looks at them
     * @param lag how far behind a ready cluster may be, as Materialize writes an interval; null for what was said when the
     *     deployment was prepared, and where that said nothing for the driver's own
     */
    public DeploymentOrder waiting(double limit, double poll, String lag) throws UserException {
        if (limit <= 0 || poll <= 0) {
            throw new UserException("Time limit and poll interval are positive numbers.");
        }
        if (lag != null && !lag.matches("[0-9][0-9a-zA-Z .:]{0,40}")) {
            throw new UserException("The lag threshold is an interval such as 1s or 5 minutes.");
        }
        return with("time_limit", limit).with("poll_seconds", poll).with("lag_threshold", lag);
    }

    /** Whether prepared schemas and clusters of unknown origin are dropped first. */
    public DeploymentOrder droppingExisting(boolean value) {
        return with("drop_existing", value);
    }

    /** Whether what production's objects were granted is granted to those that take their place. */
    public DeploymentOrder copyingPrivileges(boolean value) {
        return with("copy_privileges", value);
    }

    /** Whether only what a change reaches is staged. */
    public DeploymentOrder slim(boolean value) {
        return with("slim", value);
    }

    /** Attempts of the swap after the first, each after a conflict; null for as many as the time limit allows. */
    public DeploymentOrder retrying(Integer retries) throws UserException {
        if (retries != null && retries < 0) {
            throw new UserException("Retries are none or more.");
        }
        return with("max_retries", retries);
    }

    /**
     * For clean-up.
     *
     * @param forced whether it drops what a guard would spare
     * @param onlySaying whether it only says what it would drop
     */
    public DeploymentOrder cleaning(boolean forced, boolean onlySaying) {
        return with("force", forced).with("dry_run", onlySaying);
    }

    /** Names of the environments of open change requests: what reads in them is no stranger. */
    public DeploymentOrder besides(Collection<String> environments) {
        return with("environments", new ArrayList<>(environments));
    }

    /** What lay at stores when the deployment began, for its token: ETags by location, null where nothing lay. */
    public DeploymentOrder seeing(Map<String, String> etags) {
        Map<String, String> seen = new LinkedHashMap<>();
        etags.forEach((location, etag) -> seen.put(DeploymentToken.encoded(location), DeploymentToken.encoded(etag)));
        return with("seen", seen);
    }

    /** A sentence with which promoting is refused if the swap is still to come, or null. */
    public DeploymentOrder objecting(String sentence) {
        return with("objection", sentence);
    }

    /** For the driver. */
    Map<String, Object> fields() {
        return fields;
    }
}
