package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What selectors that look back need; each part may be null, then the selectors that need it are refused.
 *
 * @param comparison for {@code state:}
 * @param statuses for {@code result:}, status by unique_id of the state's run_results.json
 * @param loadedBefore for {@code source_status:}, of the state's sources.json
 * @param loadedNow for {@code source_status:}, of the current sources.json
 */
public record StateInput(
        StateComparison comparison,
        Map<String, String> statuses,
        Map<String, Optional<Instant>> loadedBefore,
        Map<String, Optional<Instant>> loadedNow) {
    /** No state at all. */
    public static final StateInput NONE = new StateInput(null, null, null, null);

    /** Only the comparison. */
    public static StateInput of(StateComparison comparison) {
        return new StateInput(comparison, null, null, null);
    }
}
