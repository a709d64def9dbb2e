package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.change.MergedChange;
import java.io.File;
import jenkins.MasterToSlaveFileCallable;

/** Looks on the agent which change request the checked out commit merged. */
final class MergedChangeCallable extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;

    /** Gives its number, or null. */
    @Override
    @CheckForNull
    public String invoke(File project, VirtualChannel channel) throws InterruptedException {
        return MergedChange.ofCheckout(project.toPath());
    }
}
