package io.jenkins.plugins.dbtslim.doctor;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(table.json().lines().map(DbtProbe::finding)).allMatch(finding -> finding.isPresent());
        assertThat(List.of(
                        "",
                        "Warning: a plugin speaks",
                        "{",
                        "{}",
                        "{\"check\":\"x\",\"level\":\"GREAT\",\"found\":\"\",\"advice\":\"\"}",
                        "{\"check\":1,\"level\":\"OK\",\"found\":\"\",\"advice\":\"\"}",
                        "{\"check\":\"x\",\"level\":\"OK\",\"found\":\"\"}",
                        "{\"check\":\"" + "x".repeat(20_000) + "\"}"))
                .allMatch(line -> DbtProbe.finding(line).isEmpty());
    }

    @Test
    void aPythonThatSaysNothingUsefulIsAProblem() {
        assertThat(DbtProbe.findings(List.of("Traceback", "SyntaxError: invalid syntax"), "python3"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                    assertThat(finding.found()).contains("python3").contains("SyntaxError");
                });
    }
}
