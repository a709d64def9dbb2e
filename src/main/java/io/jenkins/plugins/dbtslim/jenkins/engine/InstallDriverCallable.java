package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Lays the driver out on the agent, in a folder of the build beside the workspace. */
@Restricted(NoExternalUse.class)
public final class InstallDriverCallable extends MasterToSlaveFileCallable<List<String>> {
    private static final long serialVersionUID = 1L;
    private final DbtPlan plan;
    private final DbtSource source;
    private final List<String> secretVariables;

    /**
     * Does nothing yet.
     *
     * @param secretVariables whose values must not reach a kept file
     */
    public InstallDriverCallable(DbtPlan plan, DbtSource source, List<String> secretVariables) {
        this.plan = plan;
        this.source = source;
        this.secretVariables = new ArrayList<>(secretVariables);
    }

    /** Gives the words of the command line. */
    @Override
    public List<String> invoke(File folder, VirtualChannel channel) throws IOException {
        Path own = folder.toPath();
        removeOthers(own);
        Files.createDirectories(own);
        return new ArrayList<>(DbtDriver.install(own, plan, source.look(), own.resolve(RunFolder.KEPT), secretVariables)
                .command());
    }

    /** What earlier builds kept in this workspace. */
    private static void removeOthers(Path own) throws IOException {
        Path build = own.resolveSibling("");
        Path all = build.resolveSibling("");
        if (Files.isDirectory(all)) {
            try (var builds = Files.newDirectoryStream(all)) {
                for (Path other : builds) {
                    if (!other.equals(build)) {
                        FileTree.delete(other);
                    }
                }
            }
        }
    }
}
