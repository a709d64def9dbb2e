package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import java.nio.charset.Charset;
import java.util.Map;

/** Signature of a durable process that is watched by its files. */
public abstract class FileMonitoringTask extends DurableTask {
    protected static final String COOKIE = null;

    public final void charset(Charset cs) {
        throw new UnsupportedOperationException();
    }

    public final void defaultCharset() {
        throw new UnsupportedOperationException();
    }

    protected static Map<String, String> escape(EnvVars envVars) {
        throw new UnsupportedOperationException();
    }
}
