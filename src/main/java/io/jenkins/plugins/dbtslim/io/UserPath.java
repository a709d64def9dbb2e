package io.jenkins.plugins.dbtslim.io;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths that users write: not every text can be one, and which can depends on the machine and its locale. */
public final class UserPath {
    private UserPath() {}

    /**
     * Reads a path.
     *
     * @param option where it was written, for the sentence
     */
    public static Path of(String option, String text) throws UserException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserException(option + " is no path on this machine: " + e.getReason()
                    + "; write it otherwise, or set LC_ALL=C.UTF-8 if it is right.");
        }
    }
}
