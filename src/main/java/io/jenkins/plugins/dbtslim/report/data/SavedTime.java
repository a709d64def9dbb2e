package io.jenkins.plugins.dbtslim.report.data;

/**
 * What this run did not have to do.
 *
 * @param nodes models, seeds and snapshots of the project that were not built
 * @param tests tests of the project that were not run
 * @param seconds their time in the last run known of each, or -1 if no former timings are known
 * @param timed how many of the nodes and tests have a former timing
 */
public record SavedTime(int nodes, int tests, double seconds, int timed) {
    /** Nothing is known. */
    public static final SavedTime UNKNOWN = new SavedTime(0, 0, -1, 0);

    public boolean hasSeconds() {
        return seconds >= 0;
    }
}
