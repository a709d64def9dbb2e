package io.jenkins.plugins.dbtslim.doctor;

import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what the look at Python, dbt, adapter, project, profile and database prints. The look itself is a command of the
 * program that runs dbt ({@code src/main/python}), so that both mean the same dbt. A project's plugins print there as well,
 * as much as they like: nothing is held but the findings, and the last line for the case that there are none.
 */
public final class DbtProbe extends OutputStream {
    private static final Set<String> FIELDS = Set.of("check", "level", "found", "advice");
    private static final int MAX_LINE = 10_000;
    private static final int MAX_FINDINGS = 100;
    private static final int MAX_SHOWN = 500;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<Finding> found = new ArrayList<>();
    private String last = "nothing was printed";
    private boolean tooLong;

    @Override
    public void write(int one) {
        if (one == '\n') {
            endLine();
        } else if (line.size() < MAX_LINE) {
            line.write(one);
        } else {
            tooLong = true;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (text.isEmpty()) {
            return;
        }
        last = text.substring(0, Math.min(MAX_SHOWN, text.length()));
        if (!tooLong && found.size() < MAX_FINDINGS) {
            finding(text).ifPresent(found::add);
        }
        tooLong = false;
    }

    /** What a line of the output says; empty when it is not one of the program's. */
    static Optional<Finding> finding(String line) {
        if (!line.startsWith("{")) {
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

    /** The findings, and what it means when there is none. */
    public List<Finding> findings(String python) {
        endLine();
        return found.isEmpty()
                ? List.of(Finding.problem(
                        "Python", python + " did not do its work: " + last, "Check that it is Python 3.9 or newer."))
                : List.copyOf(found);
    }
}
