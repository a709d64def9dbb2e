package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** Lays the program that looks at dbt out on the agent. */
final class InstallDoctorCallable extends MasterToSlaveFileCallable<List<String>> {
    private static final long serialVersionUID = 1L;
    private final DbtPlan plan;
    private final DbtSource source;
    private final List<String> secretVariables;

    InstallDoctorCallable(DbtPlan plan, DbtSource source, List<String> secretVariables) {
        this.plan = plan;
        this.source = source;
        this.secretVariables = new ArrayList<>(secretVariables);
    }

    /** Gives the words of the command line. Whether what they name is there is seen where they run, perhaps in a container. */
    @Override
    public List<String> invoke(File folder, VirtualChannel channel) throws IOException {
        FileTree.delete(folder.toPath());
        Files.createDirectories(folder.toPath());
        return new ArrayList<>(DbtDriver.install(folder.toPath(), plan, source.look(), folder.toPath(), secretVariables)
                .doctorCommand());
    }
}
