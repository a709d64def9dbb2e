package io.jenkins.plugins.dbtslim.doctor;

import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the look at Python, dbt, adapter, project, profile and database printed. The look itself is a command of the
 * program that runs dbt ({@code src/main/python}), so that both mean the same dbt.
 */
public final class DbtProbe {
    private static final Set<String> FIELDS = Set.of("check", "level", "found", "advice");
    private static final int MAX_LINE = 10_000;

    private DbtProbe() {}

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
