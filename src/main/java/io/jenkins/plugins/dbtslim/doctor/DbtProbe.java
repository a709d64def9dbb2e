package io.jenkins.plugins.dbtslim.doctor;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The look at Python, dbt, adapter, project, profile and database: a Python program, laid beside the driver so that both
 * mean the same dbt.
 *
 * <p>Use: {@link #install} it into a folder of its own, run {@link #command} where dbt would run, and give each line of
 * its standard output to {@link #finding}.
 */
public final class DbtProbe {
    private static final String SCRIPT = "doctor.py";
    private static final Set<String> FIELDS = Set.of("check", "level", "found", "advice");
    private static final int MAX_LINE = 10_000;

    private final List<String> command;

    private DbtProbe(List<String> command) {
        this.command = command;
    }

    /**
     * Lays the program out.
     *
     * @param folder an existing folder of its own; remove it afterwards
     * @param secretVariables names of environment variables whose values must not be shown
     */
    public static DbtProbe install(Path folder, DbtPlan plan, DbtEnvironment environment, List<String> secretVariables)
            throws IOException {
        List<String> driver = DbtDriver.install(folder, plan, environment, folder, secretVariables)
                .command();
        Path script = folder.resolve(SCRIPT);
        try (InputStream in = DbtProbe.class.getResourceAsStream(SCRIPT)) {
            Files.copy(in, script);
        }
        return new DbtProbe(List.of(driver.get(0), script.toString(), driver.get(driver.size() - 1)));
    }

    /** The words of the command line. */
    public List<String> command() {
        return command;
    }

    /** What a line of the output says; empty when it is not one of the program's (dbt's plugins print, too). */
    public static Optional<Finding> finding(String line) {
        if (line.length() > MAX_LINE || !line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonObject json = JsonObject.parse(line);
            boolean isFinding = Set.copyOf(json.names()).equals(FIELDS)
                    && FIELDS.stream().allMatch(field -> json.text(field) != null);
            return isFinding
                    ? Optional.of(new Finding(
                            json.text("check"),
                            Level.valueOf(json.text("level")),
                            json.text("found"),
                            json.text("advice")))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The findings among the lines, and what it means when there is none. */
    public static List<Finding> findings(List<String> lines, String python) {
        List<Finding> found = new ArrayList<>();
        lines.forEach(line -> finding(line).ifPresent(found::add));
        if (found.isEmpty()) {
            String last = lines.isEmpty() ? "nothing was printed" : lines.get(lines.size() - 1);
            found.add(Finding.problem(
                    "Python", python + " did not do its work: " + last, "Check that it is Python 3.9 or newer."));
        }
        return found;
    }
}
