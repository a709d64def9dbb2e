package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import java.util.Map;

/** Signature of a durable process that is watched by its files. */
public abstract class FileMonitoringTask extends DurableTask {
    protected static final String COOKIE = null;

    protected static Map<String, String> escape(EnvVars envVars) {
        throw new UnsupportedOperationException();
    }
}
