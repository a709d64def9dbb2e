package hudson.security;

import org.springframework.security.core.Authentication;

/** Signature of a time with another identity; builds begin as SYSTEM. */
public class ACLContext implements AutoCloseable {
    private static final ThreadLocal<Authentication> NOW = ThreadLocal.withInitial(() -> ACL.SYSTEM2);
    private Authentication before;

    static ACLContext as(Authentication identity) {
        ACLContext context = new ACLContext();
        context.before = NOW.get();
        NOW.set(identity);
        return context;
    }

    /** For the other signatures: who it is in this thread. */
    public static Authentication now() {
        return NOW.get();
    }

    @Override
    public void close() {
        NOW.set(before);
    }
}
