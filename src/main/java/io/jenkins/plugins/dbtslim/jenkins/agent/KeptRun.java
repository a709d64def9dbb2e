package io.jenkins.plugins.dbtslim.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.store.Provenance;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Where lies what a run of dbt kept, and what it was compared with: plain texts, because this is stored with the build,
 * which may publish what the run did much later and from another agent.
 */
@Restricted(NoExternalUse.class)
public final class KeptRun {
    private final String id;
    private final AgentFolder folder;
    private final String manifest;
    private final String state;
    private final String stateDigest;
    private final String stateUri;
    private final boolean deployment;
    private final boolean promoted;

    /**
     * Of a run.
     *
     * @param id of the run within its build
     * @param folder of the run on its agent
     * @param manifest path of the kept manifest there, or null if the run came to none
     * @param state folder of what it was compared with, or null
     * @param provenance of that, or null where no fetch of the build brought it
     * @param deployment how far a blue/green deployment is, or null where the run is none
     */
    public KeptRun(
            String id,
            AgentFolder folder,
            @CheckForNull String manifest,
            @CheckForNull String state,
            @CheckForNull Provenance provenance,
            @CheckForNull DeploymentState deployment) {
        this.id = id;
        this.folder = folder;
        this.manifest = manifest;
        this.state = state == null ? null : AgentPaths.child(state, Artifacts.MANIFEST);
        this.stateDigest = provenance == null ? null : provenance.sha256();
        this.stateUri = provenance == null ? null : provenance.uri();
        this.deployment = deployment != null;
        this.promoted =
                deployment != null && String.valueOf(deployment.result()).endsWith("PROMOTED");
    }

    /** Id of the run within its build. */
    public String id() {
        return id;
    }

    /** The folder on its agent. */
    public AgentFolder folder() {
        return folder;
    }

    /** Where the kept files lie there. */
    public String kept() {
        return AgentPaths.child(folder.path(), RunFolder.KEPT);
    }

    /** Path of the kept manifest there, or null if the run came to none. */
    @CheckForNull
    public String manifest() {
        return manifest;
    }

    /** The manifest that it was compared with, or null. */
    @CheckForNull
    public String state() {
        return state;
    }

    /** Its SHA-256 as it was fetched, or null where no fetch of the build brought it. */
    @CheckForNull
    public String stateDigest() {
        return stateDigest;
    }

    /** Where a fetch of the build brought it from, or null. */
    @CheckForNull
    public String stateUri() {
        return stateUri;
    }

    /** Whether it is a step of a blue/green deployment. */
    public boolean isDeployment() {
        return deployment;
    }

    /** Whether it is the step that saw the deployment in production. */
    public boolean isPromoted() {
        return promoted;
    }

    /** Whether the run was in that workspace. */
    boolean isOf(FilePath workspace, int build) {
        return folder.is(RunFolder.of(workspace, build, id));
    }
}
