package io.jenkins.plugins.dbtslim.doctor;

import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Findings for people, and for scripts. */
public final class FindingTable {
    private final List<Finding> findings;

    public FindingTable(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** A line each, in three columns, the advice below. */
    public String text() {
        int checks = width(findings.stream().map(Finding::check).toList());
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String level = finding.level().name().toLowerCase(Locale.ROOT);
            text.append(String.format(
                    "%-" + checks + "s  %-7s  %s%n", finding.check(), level, VisibleText.lines(finding.found())));
            if (!finding.advice().isEmpty()) {
                text.append(" ".repeat(checks + 11))
                        .append(VisibleText.lines(finding.advice()))
                        .append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    /** One JSON object a line: {@code check}, {@code level}, {@code found}, {@code advice}. */
    public String json() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            try {
                text.append(JsonObject.line(finding.toMap())).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return VisibleText.json(text.toString());
    }

    private static int width(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(1);
    }
}
