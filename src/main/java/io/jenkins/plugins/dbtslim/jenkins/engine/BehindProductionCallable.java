package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Looks on the agent how far production is ahead of what is checked out. */
@Restricted(NoExternalUse.class)
public final class BehindProductionCallable extends MasterToSlaveFileCallable<BehindProduction> {
    private static final long serialVersionUID = 1L;
    private final String commit;

    private BehindProductionCallable(String commit) {
        this.commit = commit;
    }

    /**
     * How far production is ahead of the project of a step.
     *
     * @param state what the run compares with
     * @throws UserException where the build is not to begin because of that
     */
    public static BehindProduction look(DbtStep step, StateChoice state, OnBehind what, StepSite site)
            throws IOException, InterruptedException {
        if (what == OnBehind.ignore || state.isFullBuild()) {
            return BehindProduction.NOT;
        }
        String commit = state.provenance() == null ? null : state.provenance().commit();
        BehindProduction behind =
                site.workspace().child(step.getProjectDir()).act(new BehindProductionCallable(commit));
        what.judge(behind, site.log()::println);
        return behind;
    }

    @Override
    public BehindProduction invoke(File project, VirtualChannel channel) throws InterruptedException {
        return BehindProduction.of(project.toPath(), commit);
    }
}
