package io.jenkins.plugins.dbtslim.store.object;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.util.Map;

/**
 * Who asks a store: a user name with its secret, or a secret alone. It stays on the side that signs and is never part of
 * {@link #toString()}.
 *
 * @param user null for a secret alone
 * @param secret password, key or token
 * @param description whose it is, for the log
 */
public record StoreLogin(@CheckForNull String user, String secret, String description) {
    /** Refuses a secret that cannot be one, without its text. */
    public StoreLogin {
        if (secret.isBlank() || secret.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("The secret of " + description
                    + " is empty or has line ends or other control characters: store it anew.");
        }
    }

    /** Trims a secret that was pasted. */
    public static StoreLogin of(@CheckForNull String user, String secret, String description) throws StoreException {
        try {
            return new StoreLogin(user, secret.trim(), description);
        } catch (IllegalArgumentException e) {
            throw new StoreException(e.getMessage());
        }
    }

    /** Of variables of the environment: null where the second is not set. */
    @CheckForNull
    public static StoreLogin ofEnvironment(
            Map<String, String> environment, @CheckForNull String userName, String secretName) throws StoreException {
        String secret = environment.getOrDefault(secretName, "");
        String user = userName == null ? null : environment.getOrDefault(userName, "");
        if (secret.isBlank() && (user == null || user.isBlank())) {
            return null;
        }
        if (secret.isBlank() || (user != null && user.isBlank())) {
            throw new StoreException("Only one of " + userName + " and " + secretName + " is set: set both.");
        }
        return of(user, secret, secretName + " of the environment");
    }

    @Override
    public String toString() {
        return description;
    }
}
