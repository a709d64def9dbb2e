package io.jenkins.plugins.dbtslim.report.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The line of one of dbt's messages that tells most. Its first line often only says where, or that there is more: the
 * cause is then the last line of a traceback, a row of a table, or the line after a colon.
 */
final class Headline {
    /** {@code Runtime Error in model orders (models/orders.sql)}, or the bare kind of an error. */
    private static final Pattern WHERE_ONLY =
            Pattern.compile("[A-Z]\\w* Error( in [a-z_ ]+ \\S+ \\(.*\\))?|Compilation Error|Database Error");

    private static final Pattern DIFFERENT_ROW = Pattern.compile("(→|\\+\\+\\+|---)\\s*,.*");
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String CONTRACT = "This model has an enforced contract that failed.";
    /** Rows of a contract's table that are told. */
    private static final int ROWS = 3;
    /** Lines that are looked at. */
    private static final int LINES = 200;

    private static final int LONGEST = 500;

    private Headline() {}

    static String of(String message) {
        List<String> lines = message.strip()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("compiled code at "))
                .limit(LINES)
                .toList();
        return lines.isEmpty() ? "" : DisplayText.cut(of(lines), LONGEST);
    }

    private static String of(List<String> lines) {
        int first = 0;
        while (first < lines.size() - 1 && WHERE_ONLY.matcher(lines.get(first)).matches()) {
            first++;
        }
        String line = lines.get(first);
        List<String> rest = lines.subList(first + 1, lines.size());
        if (line.equals(CONTRACT)) {
            return line + contract(rest);
        }
        return line.endsWith(":") && !rest.isEmpty() ? line + " " + cause(rest) : line;
    }

    /** What a line that ends with a colon leads to. */
    private static String cause(List<String> lines) {
        if (lines.contains(TRACEBACK)) {
            return lines.get(lines.size() - 1);
        }
        return lines.stream()
                .filter(line -> DIFFERENT_ROW.matcher(line).matches())
                .findFirst()
                .map(row -> row.replaceAll("\\s+", " "))
                .orElseGet(() -> of(lines.subList(0, Math.min(2, lines.size()))));
    }

    /** {@code | amount | DOUBLE | INTEGER | data type mismatch |}, below the table's head and its line. */
    private static String contract(List<String> lines) {
        List<String> rows = new ArrayList<>();
        List<String> table = lines.stream().filter(line -> line.startsWith("|")).toList();
        for (String row : table.subList(Math.min(2, table.size()), table.size())) {
            String[] cells = row.substring(1).split("\\|", -1);
            if (cells.length >= 4) {
                String made = cells[1].strip();
                String asked = cells[2].strip();
                rows.add(cells[0].strip() + ": " + made + (made.isEmpty() || asked.isEmpty() ? "" : ", ")
                        + (asked.isEmpty() ? "" : asked + " in the contract") + " (" + cells[3].strip() + ")");
            }
        }
        String shown = String.join("; ", rows.subList(0, Math.min(ROWS, rows.size())));
        return (shown.isEmpty() ? "" : " " + shown)
                + (rows.size() > ROWS ? "; and " + (rows.size() - ROWS) + " more columns" : "");
    }
}
