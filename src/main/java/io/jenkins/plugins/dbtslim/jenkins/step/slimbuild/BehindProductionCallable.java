package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.BehindProduction;
import java.io.File;
import jenkins.MasterToSlaveFileCallable;

/** Looks on the agent how far production is ahead of what is checked out. */
final class BehindProductionCallable extends MasterToSlaveFileCallable<BehindProduction> {
    private static final long serialVersionUID = 1L;
    private final String commit;

    BehindProductionCallable(String commit) {
        this.commit = commit;
    }

    @Override
    public BehindProduction invoke(File project, VirtualChannel channel) throws InterruptedException {
        return BehindProduction.of(project.toPath(), commit);
    }
}
