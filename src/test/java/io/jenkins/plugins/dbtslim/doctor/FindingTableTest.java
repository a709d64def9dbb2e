package io.jenkins.plugins.dbtslim.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of findings, and its form for scripts. */
class FindingTableTest {
    private final FindingTable table = new FindingTable(List.of(
            Finding.ok("Python", "3.11.7"),
            Finding.problem("connection", "refused", "Check MZ_HOST."),
            Finding.skipped("store", "none was \"named\"")));

    @Test
    void columnsAreAlignedAndAdviceStandsBelow() {
        assertThat(table.text().lines())
                .containsExactly(
                        "Python      ok       3.11.7",
                        "connection  problem  refused",
                        "                     Check MZ_HOST.",
                        "store       skipped  none was \"named\"");
    }

    @Test
    void oneObjectALineForScripts() {
        assertThat(table.json().lines())
                .hasSize(3)
                .contains("{\"check\":\"connection\",\"level\":\"PROBLEM\",\"found\":\"refused\",\"advice\":\"Check"
                        + " MZ_HOST.\"}");
    }

    @Test
    void whatThePythonProgramPrintsIsReadBackAndNothingElseIs() {
        assertThat(printed(table.json()).findings("python3")).hasSize(3);
        assertThat(List.of(
                        "",
                        "Warning: a plugin speaks",
                        "{",
                        "{}",
                        "{\"check\":\"x\",\"level\":\"GREAT\",\"found\":\"\",\"advice\":\"\"}",
                        "{\"check\":1,\"level\":\"OK\",\"found\":\"\",\"advice\":\"\"}",
                        "{\"check\":\"x\",\"level\":\"OK\",\"found\":\"\"}",
                        "{\"check\":\"" + "x".repeat(20_000) + "\"}"))
                .allMatch(line -> isNoFinding(line));
    }

    @Test
    void aPythonThatSaysNothingUsefulIsAProblem() {
        assertThat(printed("Traceback\nSyntaxError: invalid syntax").findings("python3"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                    assertThat(finding.found()).contains("python3").contains("SyntaxError");
                });
    }

    /** A project's plugins print what they like, within the dbt that is looked at. */
    @Test
    void nothingThatIsPrintedBesideFillsTheMemory() {
        DbtProbe probe = new DbtProbe();
        byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            probe.write(much, 0, much.length);
        }
        probe.write('\n');
        for (int i = 0; i < 1_000; i++) {
            byte[] lines = table.json().getBytes(StandardCharsets.UTF_8);
            probe.write(lines, 0, lines.length);
        }
        assertThat(probe.findings("python3")).hasSizeBetween(3, 100);
    }

    private static boolean isNoFinding(String line) {
        return printed(line + "\n").findings("python3").get(0).found().startsWith("python3 did not do its work");
    }

    private static DbtProbe printed(String text) {
        DbtProbe probe = new DbtProbe();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        probe.write(bytes, 0, bytes.length);
        return probe;
    }
}
