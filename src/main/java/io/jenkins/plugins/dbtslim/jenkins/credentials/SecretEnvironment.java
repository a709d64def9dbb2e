package io.jenkins.plugins.dbtslim.jenkins.credentials;

import hudson.util.Secret;
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
    private transient SecretMask mask;

    /** Adds a variable. */
    public void put(String name, Secret value) {
        values.put(name, value);
    }

    /** The names of the variables, for the log. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Names and plain values, for the process that is started now. */
    public Map<String, String> plain() {
        Map<String, String> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, value.getPlainText()));
        return plain;
    }

    /** The mask of all values. */
    public synchronized SecretMask mask() {
        if (mask == null) {
            mask = new SecretMask(plain().values());
        }
        return mask;
    }

    @Override
    public OutputStream decorate(OutputStream log) {
        return new MaskingStream(log, mask());
    }
}
