package hudson.model;

import hudson.EnvVars;

/** Signature of what depends on a build's environment. */
public interface EnvironmentSpecific<T extends EnvironmentSpecific<T>> {
    T forEnvironment(EnvVars environment);
}
