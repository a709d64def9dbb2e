package jenkins.security;

/** Signature of a key of the instance's own; here it gives the message's hash, for tests. */
public class HMACConfidentialKey {
    public HMACConfidentialKey(Class<?> owner, String shortName) {}

    public String mac(String message) {
        return "key of " + Integer.toHexString(message.hashCode());
    }
}
