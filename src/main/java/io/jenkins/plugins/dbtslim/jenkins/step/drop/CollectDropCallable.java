package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** Reads on the agent which environments are gone. */
final class CollectDropCallable extends MasterToSlaveFileCallable<DropReport> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> tags;
    private final SecretMask mask;
    private final Integer exitStatus;

    /**
     * Reads nothing yet.
     *
     * @param tags of the environments that are to go
     * @param exitStatus of the driver's process, or null when it is not known
     */
    CollectDropCallable(List<String> tags, SecretMask mask, @CheckForNull Integer exitStatus) {
        this.tags = new ArrayList<>(tags);
        this.mask = mask;
        this.exitStatus = exitStatus;
    }

    @Override
    public DropReport invoke(File folder, VirtualChannel channel) throws IOException {
        Path kept = folder.toPath().resolve(RunFolder.KEPT);
        try {
            DbtOutcome outcome = DbtDriver.outcome(folder.toPath(), kept, exitStatus);
            // dbt ran the macro for the tags in their order, up to an abort.
            List<String> gone = new ArrayList<>();
            for (int i = 0; i < Math.min(tags.size(), outcome.operations().size()); i++) {
                if (outcome.operations().get(i).status().equals("success")) {
                    gone.add(tags.get(i));
                }
            }
            List<String> failed = new ArrayList<>(tags);
            failed.removeAll(gone);
            return new DropReport(gone, failed, AgentLimits.cut(mask.mask(outcome.error())));
        } catch (DbtException e) {
            return new DropReport(List.of(), tags, AgentLimits.cut(mask.mask(e.getMessage())));
        }
    }
}
