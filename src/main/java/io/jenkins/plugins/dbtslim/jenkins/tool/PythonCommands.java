package io.jenkins.plugins.dbtslim.jenkins.tool;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command lines that make a Python environment, each one process and no shell. */
final class PythonCommands {
    private static final String PROBE =
            "import platform, sys, sysconfig; print('|'.join(['%d.%d.%d' % sys.version_info[:3],"
                    + " platform.python_implementation() + ' ' + sysconfig.get_platform(), ascii(sys.base_prefix)]))";
    /** What would send pip or Python elsewhere than into the new environment. */
    private static final Set<String> LEFT_OUT = Set.of(
            "PYTHONHOME",
            "PYTHONPATH",
            "VIRTUAL_ENV",
            "PIP_TARGET",
            "PIP_PREFIX",
            "PIP_ROOT",
            "PIP_USER",
            "PIP_REQUIREMENT",
            "PIP_EDITABLE",
            "PIP_CONSTRAINT");

    private PythonCommands() {}

    /** The Python to start with: as configured, else the usual name. */
    static String python(String configured, boolean windows) {
        return configured != null ? configured : windows ? "python" : "python3";
    }

    /** Prints version, implementation with platform, and place, with | between. */
    static List<String> probe(String python) {
        return List.of(python, "-I", "-c", PROBE);
    }

    static List<String> makeVenv(String python, String venv) {
        return List.of(python, "-I", "-m", "venv", "--clear", venv);
    }

    static List<String> install(String venv, String requirements, boolean windows) {
        List<String> words = new ArrayList<>(List.of(DbtEnvironment.pythonOfVenv(venv, windows), "-I", "-m", "pip"));
        words.addAll(List.of("install", "--no-input", "--disable-pip-version-check", "--no-color"));
        words.addAll(List.of("--progress-bar", "off", "--requirement", requirements));
        return words;
    }

    /** The dbt command of an environment. */
    static String dbt(String venv, boolean windows) {
        return windows ? venv + "\\Scripts\\dbt.exe" : venv + "/bin/dbt";
    }

    /** Takes out of the environment of a process what would lead it astray. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeAll(LEFT_OUT);
    }
}
