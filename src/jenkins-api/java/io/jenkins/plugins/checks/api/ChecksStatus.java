package io.jenkins.plugins.checks.api;

/** Signature of the state of a check. */
public enum ChecksStatus {
    NONE,
    QUEUED,
    IN_PROGRESS,
    COMPLETED
}
