package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The help of each command on a terminal of 80 columns. */
class HelpTest {
    private static final Pattern BROKEN = Pattern.compile("(.*\\b(s3|gs|az|https?|file|build):| *//.*)");

    @Test
    void addressesAreNotBrokenInTwo() {
        Map<String, List<String>> broken = new TreeMap<>();
        for (String command : List.of("build", "fetch", "publish", "doctor", "report", "compare", "ls")) {
            StringWriter help = new StringWriter();
            PrintWriter out = new PrintWriter(help, true);
            assertThat(DbtSlim.run(out, out, command, "--help")).isZero();
            assertThat(help.toString()).contains("Usage: dbt-slim " + command).doesNotContainPattern(".{81}");
            List<String> lines = help.toString()
                    .lines()
                    .filter(line -> BROKEN.matcher(line.stripTrailing()).matches())
                    .toList();
            if (!lines.isEmpty()) {
                broken.put(command, lines);
            }
        }
        assertThat(broken).isEmpty();
    }
}
