package hudson.security;

/** Signature of a time with another identity. */
public class ACLContext implements AutoCloseable {
    public void close() {
        // nobody is signed in in tests
    }
}
