package hudson.tasks;

/** Signature of what a build step waits for in earlier builds. */
public enum BuildStepMonitor {
    NONE,
    STEP,
    BUILD;
}
