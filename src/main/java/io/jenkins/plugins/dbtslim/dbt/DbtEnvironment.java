package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.UserPath;
import java.io.File;
import java.io.Serializable;
import java.nio.file.Files;

/**
 * Where dbt is installed. The driver does the looking where dbt will really run (which may be a container): a Python
 * that cannot import dbt finds the Python of the {@code dbt} command and goes on there.
 *
 * @param python the Python that starts the driver: a path, or a name on the PATH
 * @param dbt the {@code dbt} command to use, or null for the one that goes with that Python or is on the PATH
 */
public record DbtEnvironment(String python, @CheckForNull String dbt) implements Serializable {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** The {@code dbt} on the PATH. */
    public static DbtEnvironment onPath() {
        return new DbtEnvironment(WINDOWS ? "python" : "python3", null);
    }

    /** This {@code dbt} command: a console script of some Python environment, or a program of its own (dbt 2.x). */
    public static DbtEnvironment executable(String dbt) {
        return new DbtEnvironment(onPath().python(), dbt);
    }

    /** A Python virtual environment ({@code bin/python} or {@code Scripts\python.exe} in it). */
    public static DbtEnvironment venv(String directory) {
        return new DbtEnvironment(pythonOfVenv(directory, WINDOWS), null);
    }

    /** The Python in a virtual environment, as the system of its machine has it. */
    public static String pythonOfVenv(String directory, boolean windows) {
        String root = directory.replaceFirst("[/\\\\]+$", "");
        return windows ? root + "\\Scripts\\python.exe" : root + "/bin/python";
    }

    /**
     * Looks, on this machine, whether the paths named here exist.
     *
     * @throws UserException with a sentence for the user when they do not
     */
    public void check() throws UserException {
        if (dbt != null && isPath(dbt) && !Files.isRegularFile(UserPath.of("The dbt executable", dbt))) {
            throw new DbtException("There is no dbt command at " + dbt + ": check the path of the dbt executable.");
        }
        if (isPath(python) && !Files.isRegularFile(UserPath.of("The virtual environment", python))) {
            throw new DbtException(noPython(python));
        }
    }

    /**
     * What to say where it cannot be started.
     *
     * @param python its path, or a name that was looked for on the PATH
     */
    public static String noPython(String python) {
        return isPath(python)
                ? "There is no Python at " + python
                        + ": check the path of the virtual environment, or make it with 'python3 -m venv' and install"
                        + " dbt into it."
                : "There is no Python on the agent to start dbt with: install Python and dbt, or name their virtual"
                        + " environment with venv.";
    }

    /** True where a Python was named: then dbt must be there and is not looked for elsewhere. */
    boolean isVenv() {
        return isPath(python);
    }

    private static boolean isPath(String program) {
        return program.indexOf('/') >= 0 || program.indexOf('\\') >= 0;
    }
}
