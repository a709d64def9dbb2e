package io.jenkins.plugins.dbtslim.jenkins.tool;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is in the folder of a dbt tool, looked at on the agent. */
final class ToolFolder {
    private static final List<String> COMMANDS =
            List.of("bin/dbt", "Scripts/dbt.exe", "dbt", "dbt.exe", "bin/dbtf", "Scripts/dbtf.exe");

    private ToolFolder() {}

    /** Where commands lie in the environment, for a PATH. */
    static String commands(String home) {
        boolean windows = home.indexOf('\\') >= 0 || home.matches("[A-Za-z]:.*");
        return windows ? home + "\\Scripts;" + home : home + "/bin:" + home;
    }

    /** The Python environment or the dbt command in it. */
    static DbtEnvironment look(String tool, String home) throws DbtException {
        for (String python : List.of("bin/python", "Scripts/python.exe")) {
            if (Files.isRegularFile(Path.of(home, python.split("/", -1)))) {
                return DbtEnvironment.venv(home);
            }
        }
        for (String command : COMMANDS) {
            Path file = Path.of(home, command.split("/", -1));
            if (Files.isRegularFile(file)) {
                return DbtEnvironment.executable(file.toString());
            }
        }
        throw new DbtException("The dbt tool \"" + tool + "\" has neither a Python environment nor a dbt command in "
                + home + ": correct its installation directory, or add an installer.");
    }
}
