package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.RunProcesses;
import io.jenkins.plugins.dbtslim.io.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Ends the dbt that was started right before the controller went down and of which the controller knows nothing: nobody
 * would watch it, and its step starts dbt again. The durable task's folder, with all that dbt printed, goes too.
 */
@Restricted(NoExternalUse.class)
public final class OrphanCleanupCallable extends MasterToSlaveFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    /** Whether there was one. */
    @Override
    public Boolean invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
        boolean found = !new RunProcesses(folder.toPath()).drivers().isEmpty();
        if (found) {
            new EndDriverCallable(true).invoke(folder, channel);
        }
        Path temporary = folder.toPath().resolve("../../..").normalize();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(temporary, "durable-*")) {
            for (Path task : tasks) {
                if (startsDriverOf(folder, task)) {
                    FileTree.delete(task);
                }
            }
        }
        return found;
    }

    /** The file that a driver has as its argument. */
    private static String plan(File folder) {
        return new File(folder, "plan.json").getPath();
    }

    private static boolean startsDriverOf(File folder, Path task) throws IOException {
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(task, "{script.sh,jenkins-main.bat}*")) {
            for (Path script : scripts) {
                String text = Files.readString(script, StandardCharsets.ISO_8859_1);
                byte[] path = plan(folder).getBytes(StandardCharsets.UTF_8);
                if (text.contains(new String(path, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
