package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.result.ClusterWait;
import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import io.jenkins.plugins.dbtslim.dbt.result.RunEvents;
import io.jenkins.plugins.dbtslim.dbt.result.RunProgress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/** Looks on the agent at what the driver has written since the last look. */
final class ProgressCallable extends MasterToSlaveFileCallable<ProgressLook> {
    private static final long serialVersionUID = 1L;
    private final RunProgress before;

    ProgressCallable(RunProgress before) {
        this.before = before;
    }

    @Override
    public ProgressLook invoke(File kept, VirtualChannel channel) throws IOException {
        Path events = kept.toPath().resolve(RunEvents.FILE);
        if (!Files.isRegularFile(events)) {
            return new ProgressLook(before, before.seconds(), null);
        }
        RunProgress now = Files.size(events) == before.position()
                ? before
                : RunEvents.read(kept.toPath(), before, FormerTimings.read(kept.toPath()));
        double idle =
                (System.currentTimeMillis() - Files.getLastModifiedTime(events).toMillis()) / 1000.0;
        return new ProgressLook(now, now.seconds() + Math.max(0, idle), ClusterWait.read(kept.toPath(), now));
    }
}
