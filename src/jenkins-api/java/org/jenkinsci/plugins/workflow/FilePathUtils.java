package org.jenkinsci.plugins.workflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import java.io.File;

/** Signature of the way from a live file to its storable form and back; here all files are the controller's. */
public class FilePathUtils {
    FilePathUtils() {}

    public static @NonNull String getNodeName(@NonNull FilePath f) throws IllegalStateException {
        return "";
    }

    public static @CheckForNull FilePath find(@NonNull String node, @NonNull String path) {
        return new FilePath(new File(path));
    }
}
