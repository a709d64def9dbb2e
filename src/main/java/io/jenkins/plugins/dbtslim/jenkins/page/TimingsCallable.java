package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.result.FormerTimings;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Brings what nodes took formerly to the agent once, where the looks at the run use it. */
final class TimingsCallable extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;
    private final HashMap<String, Double> seconds;

    TimingsCallable(Map<String, Double> seconds) {
        this.seconds = new HashMap<>(seconds);
    }

    @Override
    public Void invoke(File kept, VirtualChannel channel) throws IOException {
        FormerTimings.write(kept.toPath(), seconds);
        return null;
    }
}
