package hudson.model;

import java.io.File;

/** Signature of what has a folder of its own. */
public interface PersistenceRoot extends Saveable {
    File getRootDir();
}
