package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.ProtectedNames;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.manifest.DatabaseNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Looks on the agent that nothing is dropped whose name production uses, by its manifest and by the profiles. */
@Restricted(NoExternalUse.class)
public final class DropGuardCallable extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> tags;
    private final ArrayList<String> profilesDirs;
    private final String state;

    /**
     * Looks at nothing yet.
     *
     * @param tags of the environments that are to go
     * @param profilesDirs where dbt may find profiles.yml besides the home folder
     * @param state folder of production's manifest on the agent, or null where none is known
     */
    public DropGuardCallable(List<String> tags, List<String> profilesDirs, @CheckForNull String state) {
        this.tags = new ArrayList<>(tags);
        this.profilesDirs = new ArrayList<>(profilesDirs);
        this.state = state;
    }

    /** Refuses with a sentence to drop what production uses. */
    public static void require(DbtStep step, StepSite site, List<String> tags, StateChoice state)
            throws IOException, InterruptedException {
        String workspace = site.workspace().getRemote();
        String folder = state.isFullBuild() ? null : AgentPaths.child(workspace, state.path());
        site.workspace().act(new DropGuardCallable(tags, DriverInstallation.profilesDirs(step, site), folder));
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        ProtectedNames names = new ProtectedNames();
        for (String directory : profilesDirs) {
            names.profiles(Path.of(directory));
        }
        names.profiles(Path.of(System.getProperty("user.home"), ".dbt"));
        if (state != null && Files.isRegularFile(Path.of(state, Artifacts.MANIFEST))) {
            Path manifest = Path.of(state, Artifacts.MANIFEST);
            names.production(DatabaseNames.of(manifest), manifest);
        }
        for (String tag : tags) {
            names.require(tag);
        }
        return null;
    }
}
