package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.doctor.Finding;
import io.jenkins.plugins.dbtslim.doctor.StateProbe;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** The looks at the agent's Java and at the state, on the agent. */
final class DoctorCallable extends MasterToSlaveFileCallable<List<Finding>> {
    private static final long serialVersionUID = 1L;
    private final String state;

    /**
     * Does nothing yet.
     *
     * @param state manifest in the workspace, or its folder, or null
     */
    DoctorCallable(@CheckForNull String state) {
        this.state = state;
    }

    @Override
    public List<Finding> invoke(File workspace, VirtualChannel channel) {
        Path file = state == null ? null : workspace.toPath().resolve(state);
        if (file != null && Files.isDirectory(file)) {
            file = file.resolve(Artifacts.MANIFEST);
        }
        return new ArrayList<>(List.of(Finding.java(), StateProbe.look(file, Instant.now())));
    }
}
