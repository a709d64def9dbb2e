package io.jenkins.plugins.dbtslim.jenkins.credentials;

import hudson.AbortException;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.dbt.SecretMask;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;

/**
 * Variables with secret values that a process gets by its environment. Values are encrypted wherever this is stored;
 * as a decorator it masks them in a step's log.
 */
public final class SecretEnvironment extends TaskListenerDecorator implements Serializable {
    private static final long serialVersionUID = 1L;
    private final LinkedHashMap<String, Secret> values = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> open = new LinkedHashMap<>();
    private transient SecretMask mask;

    /** With variables that are no secrets. */
    public SecretEnvironment(Map<String, String> open) {
        this.open.putAll(open);
    }

    /** Adds a variable that is no secret. */
    public void open(String name, String value) {
        open.put(name, value);
    }

    /** Adds a variable with a secret value. */
    public void put(String name, Secret value) {
        values.put(name, value);
    }

    /** The names of the variables, for the log. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Names and plain values, for the process that is started now. */
    public Map<String, String> plain() {
        Map<String, String> plain = new LinkedHashMap<>(open);
        values.forEach((name, value) -> plain.put(name, value.getPlainText()));
        return plain;
    }

    /** The mask of all values. */
    public synchronized SecretMask mask() {
        if (mask == null) {
            mask = new SecretMask(
                    values.values().stream().map(Secret::getPlainText).toList());
        }
        return mask;
    }

    /** The failure without secrets in its message; the same one when there are none. */
    public Throwable hide(Throwable failure) {
        String message = failure.getMessage();
        String masked = mask().mask(message);
        return message == null || masked.equals(message) ? failure : new AbortException(masked);
    }

    @Override
    public OutputStream decorate(OutputStream log) {
        return new MaskingStream(log, mask());
    }
}
