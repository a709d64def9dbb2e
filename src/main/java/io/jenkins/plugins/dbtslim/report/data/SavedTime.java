package io.jenkins.plugins.dbtslim.report.data;

/**
 * What this run did not have to do.
 *
 * @param nodes models, seeds and snapshots of the project that were not built
 * @param seconds their time in the last run known of each, or -1 if no former timings are known
 * @param timed how many of the nodes have a former timing
 */
public record SavedTime(int nodes, double seconds, int timed) {
    public boolean hasSeconds() {
        return seconds >= 0;
    }
}
