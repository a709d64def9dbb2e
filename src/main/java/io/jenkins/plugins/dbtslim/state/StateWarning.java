package io.jenkins.plugins.dbtslim.state;

/**
 * A warning event that dbt fires when it evaluates a {@code state:} selector.
 *
 * @param event dbt's name of the event, such as {@code UnversionedBreakingChange}
 * @param name name of the resource
 * @param message one sentence
 */
public record StateWarning(String event, String name, String message) {
    /** A seed counts as unchanged, whatever its rows are. */
    static final String SAME_PATH = "SeedExceedsLimitSamePath";

    /** Whether a change goes unnoticed. */
    boolean isBlind() {
        return event.equals(SAME_PATH);
    }
}
