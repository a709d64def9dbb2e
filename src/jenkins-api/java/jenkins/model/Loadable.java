package jenkins.model;

import java.io.IOException;

/** Signature of what can be loaded. */
public interface Loadable {
    void load() throws IOException;
}
