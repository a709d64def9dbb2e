package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.Provenance;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which state a run compares with. That it is production's is noted with the build, on the controller; a file in the
 * workspace proves nothing, because a checkout may bring it along.
 *
 * @param path of the folder in the workspace that holds its manifest.json, or null: then everything is built
 * @param missingAt where a fetch of this build found nothing, or null
 * @param provenance of what a fetch of this build brought there, or null
 */
@Restricted(NoExternalUse.class)
public record StateChoice(
        @CheckForNull String path,
        @CheckForNull String missingAt,
        @CheckForNull Provenance provenance) {
    /** Nothing to compare with. */
    public static final StateChoice NONE = new StateChoice(null, null, null);

    private static final String DEFAULT = ".dbt-state";

    /** The choice of a step at its site, see {@link #of}; the file is that which was fetched. */
    public static StateChoice at(StepSite site, String option) throws IOException, InterruptedException {
        StateChoice choice = of(option, FetchedState.ofPath(site, option));
        choice.check(site);
        return choice;
    }

    private void check(StepSite site) throws IOException, InterruptedException {
        if (path == null) {
            return;
        }
        String file = file(site.workspace().getRemote());
        if (provenance == null) {
            site.log()
                    .println("No dbtFetchManifest of this build brought the state " + file
                            + ": make sure that it does not come with the checkout");
            return;
        }
        String there =
                new WorkspaceAgent(site.workspace(), site.listener()).act(new ManifestCallables.LocalDigest(file));
        require(file, there);
    }

    /** That the digest of the file is the fetched one's. */
    void require(String file, String there) throws UserException {
        // A file that is not there is told by its own sentence.
        if (there != null && !there.equals(provenance.sha256())) {
            throw new UserException("The state " + file + " is not what this build fetched from " + provenance.uri()
                    + ": something replaced it since, such as a checkout that brings a file of that name. Fetch it after"
                    + " the checkout, to a folder that the repository does not have (to).");
        }
    }

    /**
     * The option, else what the last fetch of this build brought, else the default folder.
     *
     * @param option as given, or null
     * @param fetched the fetch of that file, or the last one of the build, or null
     */
    public static StateChoice of(@CheckForNull String option, @CheckForNull FetchedState.Entry fetched)
            throws UserException {
        if (fetched != null && fetched.isFullBuild()) {
            return new StateChoice(null, fetched.uri(), null);
        }
        if (option != null) {
            return new StateChoice(folder(option), null, fetched == null ? null : fetched.provenance());
        }
        return fetched == null
                ? new StateChoice(DEFAULT, null, null)
                : new StateChoice(folder(fetched.path()), null, fetched.provenance());
    }

    /** The folder of a manifest.json, given the file or the folder; another file is refused with a sentence. */
    public static String folder(String path) throws UserException {
        String plain = path.replace('\\', '/').replaceFirst("/+$", "");
        if (plain.equals(Artifacts.MANIFEST)) {
            return ".";
        }
        if (plain.endsWith("/" + Artifacts.MANIFEST)) {
            return plain.substring(0, plain.length() - Artifacts.MANIFEST.length() - 1);
        }
        if (plain.endsWith(".json") || plain.endsWith(".gz")) {
            throw new UserException(
                    "The state \"" + path
                            + "\" must be a folder with a manifest.json, or that file, because dbt takes no other name: rename it, or fetch it to another folder.");
        }
        return plain;
    }

    /** Its manifest.json in a workspace. */
    public String file(String workspace) {
        return AgentPaths.child(AgentPaths.child(workspace, path), Artifacts.MANIFEST);
    }

    /** Whether everything is built for want of a state. */
    public boolean isFullBuild() {
        return path == null;
    }
}
