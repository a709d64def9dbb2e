package org.jenkinsci.plugins.workflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;

/** Signature of the way from a live file to its storable form and back. */
public class FilePathUtils {
    FilePathUtils() {}

    public static @NonNull String getNodeName(@NonNull FilePath f) throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public static @CheckForNull FilePath find(@NonNull String node, @NonNull String path) {
        throw new UnsupportedOperationException();
    }
}
