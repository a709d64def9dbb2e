package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.change.BuiltCommit;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Looks on the agent of which commit the build is: a scripted Pipeline's checkout does not say it in the environment. */
@Restricted(NoExternalUse.class)
public final class BuiltCommitCallable extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;
    private static final String VARIABLE = "GIT_COMMIT";
    private final boolean isChange;

    private BuiltCommitCallable(boolean isChange) {
        this.isChange = isChange;
    }

    /** Notes it in the step's environment, where it is not known or may be a merge that the code host has not. */
    public static void note(StepSite site, String projectDir) throws IOException, InterruptedException {
        boolean isChange = FormText.orNull(site.env().get("CHANGE_ID")) != null;
        if (isChange || FormText.orNull(site.env().get(VARIABLE)) == null) {
            String commit = site.workspace().child(projectDir).act(new BuiltCommitCallable(isChange));
            if (commit != null) {
                site.env().put(VARIABLE, commit);
            }
        }
    }

    @Override
    @CheckForNull
    public String invoke(File project, VirtualChannel channel) throws InterruptedException {
        return BuiltCommit.of(project.toPath(), isChange);
    }
}
