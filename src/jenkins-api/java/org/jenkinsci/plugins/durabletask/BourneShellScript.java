package org.jenkinsci.plugins.durabletask;

/** Signature of a durable shell script. */
public final class BourneShellScript extends FileMonitoringTask {
    public BourneShellScript(String script) {}

    public String getScript() {
        throw new UnsupportedOperationException();
    }

    public void captureOutput() {
        throw new UnsupportedOperationException();
    }
}
