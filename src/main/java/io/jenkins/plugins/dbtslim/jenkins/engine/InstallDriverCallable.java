package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtException;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.ProfilesFile;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.UserPath;
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

/**
 * Lays the driver out on the agent, in a folder of the build beside the workspace, and checks what dbt would only
 * complain about in its own words.
 */
@Restricted(NoExternalUse.class)
public final class InstallDriverCallable extends MasterToSlaveFileCallable<List<String>> {
    private static final long serialVersionUID = 1L;
    private final DbtPlan plan;
    private final DbtSource source;
    private final List<String> secretVariables;
    private final List<String> profilesDirs;
    private final boolean hostKnown;

    /**
     * Does nothing yet.
     *
     * @param secretVariables whose values must not reach a kept file
     * @param profilesDirs where dbt may find profiles.yml
     * @param hostKnown whether the run has a host of Materialize
     */
    public InstallDriverCallable(
            DbtPlan plan,
            DbtSource source,
            List<String> secretVariables,
            List<String> profilesDirs,
            boolean hostKnown) {
        this.plan = plan;
        this.source = source;
        this.secretVariables = new ArrayList<>(secretVariables);
        this.profilesDirs = new ArrayList<>(profilesDirs);
        this.hostKnown = hostKnown;
    }

    /** Gives the words of the command line. */
    @Override
    public List<String> invoke(File folder, VirtualChannel channel) throws IOException {
        Path own = folder.toPath();
        removeOthers(own);
        checkProject();
        checkState();
        checkHost();
        Files.createDirectories(own);
        return new ArrayList<>(DbtDriver.install(own, plan, source.look(), own.resolve(RunFolder.KEPT), secretVariables)
                .command());
    }

    private void checkProject() throws UserException {
        if (!Files.isRegularFile(UserPath.of("projectDir", plan.projectDir()).resolve("dbt_project.yml"))) {
            throw new DbtException("There is no dbt_project.yml in " + plan.projectDir()
                    + ": check out the project first, or correct projectDir.");
        }
    }

    private void checkState() throws IOException {
        if (plan.state() == null) {
            return;
        }
        Path state = UserPath.of("state", plan.state());
        if (!Files.isRegularFile(state.resolve("manifest.json"))) {
            throw new DbtException("There is no manifest.json in " + state
                    + ": fetch production's with dbtFetchManifest before, or name its folder with state.");
        }
        Path target = Path.of(plan.projectDir(), "target");
        boolean isAllowed = plan.allowed().contains(Guard.STATE_IN_TARGET);
        if (!isAllowed && Files.isDirectory(target) && Files.isSameFile(state, target)) {
            throw new DbtException("The state " + state
                    + " is dbt's own target folder, which dbt overwrites: bring production's manifest elsewhere.");
        }
    }

    /** Only a profile that reads MZ_HOST needs one; where several may be meant, each does. */
    private void checkHost() throws IOException {
        String needing = null;
        for (String directory : profilesDirs) {
            if (Files.isRegularFile(UserPath.of("profilesDir", directory).resolve("profiles.yml"))) {
                if (!ProfilesFile.requiredVariables(Path.of(directory)).contains("MZ_HOST")) {
                    return;
                }
                needing = directory;
            }
        }
        if (needing != null && !hostKnown) {
            throw new DbtException("Materialize's host is not known, and profiles.yml in " + needing
                    + " reads MZ_HOST: set the option host, MZ_HOST in the step's environment, or the host of the global"
                    + " configuration.");
        }
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
