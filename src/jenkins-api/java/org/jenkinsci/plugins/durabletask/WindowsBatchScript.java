package org.jenkinsci.plugins.durabletask;

/** Signature of a durable batch script. */
public final class WindowsBatchScript extends FileMonitoringTask {
    public WindowsBatchScript(String script) {}

    public String getScript() {
        throw new UnsupportedOperationException();
    }

    public void captureOutput() {
        throw new UnsupportedOperationException();
    }
}
