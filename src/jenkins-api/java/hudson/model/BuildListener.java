package hudson.model;

/** Signature of a freestyle build's log. */
public interface BuildListener extends TaskListener {
    default void finished(Result result) {
        throw new UnsupportedOperationException();
    }
}
