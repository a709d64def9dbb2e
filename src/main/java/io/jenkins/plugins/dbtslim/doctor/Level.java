package io.jenkins.plugins.dbtslim.doctor;

/** How good it is what a look found. */
public enum Level {
    /** As it should be. */
    OK,
    /** A build can go well, but something is unusual. */
    WARNING,
    /** A build will fail. */
    PROBLEM,
    /** Could not be looked at. */
    SKIPPED
}
