package hudson.model;

import java.io.IOException;

/** Signature of what can be saved. */
public interface Saveable {
    void save() throws IOException;

    Saveable NOOP = null;
}
