package io.jenkins.plugins.dbtslim.jenkins.credentials;

import hudson.AbortException;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.secret.SecretForms;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Variables with secret values that a process gets by its environment. Values are encrypted wherever this is stored;
 * as a decorator it masks them in a step's log.
 */
@Restricted(NoExternalUse.class)
public final class SecretEnvironment extends TaskListenerDecorator implements Serializable {
    private static final long serialVersionUID = 1L;
    private final LinkedHashMap<String, Secret> values = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> open = new LinkedHashMap<>();
    private transient SecretMask mask;

    /**
     * With what the step's environment holds of secrets already: all that Jenkins masks itself, and what a secret's name
     * has.
     *
     * @param sensitive names of variables whose values Jenkins masks, because they are bound credentials
     */
    public static SecretEnvironment of(Map<String, String> environment, Set<String> sensitive) {
        SecretEnvironment secrets = new SecretEnvironment();
        environment.forEach((name, value) -> {
            if (!value.isBlank() && (sensitive.contains(name) || SecretMask.isSecretName(name))) {
                secrets.put(name, Secret.fromString(value));
            }
        });
        return secrets;
    }

    /** Adds a variable that is no secret. */
    public void open(String name, String value) {
        open.put(name, value);
    }

    /** Adds a variable with a secret value. */
    public void put(String name, Secret value) {
        values.put(name, value);
    }

    /** Says in one line which variables are masked, and in another which ones cannot be. */
    public void tell(PrintStream log) {
        List<String> masked = new ArrayList<>();
        List<String> tooShort = new ArrayList<>();
        values.forEach((name, value) ->
                (value.getPlainText().strip().length() < SecretForms.SHORTEST ? tooShort : masked).add(name));
        if (!masked.isEmpty()) {
            log.println("Masked here and in the report: " + String.join(", ", masked));
        }
        if (!tooShort.isEmpty()) {
            log.println("Not masked, because shorter than " + SecretForms.SHORTEST + " characters: "
                    + String.join(", ", tooShort));
        }
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
