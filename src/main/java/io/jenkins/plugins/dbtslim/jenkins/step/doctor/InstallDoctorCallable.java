package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
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

    /** Gives the words of the command line; fails with a sentence where what was named is not there. */
    @Override
    public List<String> invoke(File folder, VirtualChannel channel) throws IOException {
        FileTree.delete(folder.toPath());
        Files.createDirectories(folder.toPath());
        DbtEnvironment environment = source.look();
        // A dbt command may be named by its path in the workspace, where the program looks for it; a Python may not.
        new DbtEnvironment(environment.python(), null).check();
        return new ArrayList<>(DbtDriver.install(folder.toPath(), plan, environment, folder.toPath(), secretVariables)
                .doctorCommand());
    }
}
