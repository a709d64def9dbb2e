package io.jenkins.plugins.dbtslim.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The line that tells what broke, out of the messages that dbt and its adapters really give. */
class NodeRunTest {
    @Test
    void firstLineTellsUnlessItOnlySaysWhere() {
        assertThat(headline("Got 3 results, configured to fail if != 0"))
                .isEqualTo("Got 3 results, configured to fail if != 0");
        assertThat(headline("Database Error in model orders (models/orders.sql)\n  column \"x\" does not exist\n"))
                .isEqualTo("column \"x\" does not exist");
        assertThat(headline("  \n ")).isEmpty();
        assertThat(headline(null)).isNull();
    }

    @Test
    void lastLineOfATracebackTells() {
        assertThat(headline("""
                Runtime Error in model games (models/games.py)
                  Python model failed:
                  Traceback (most recent call last):
                    File "/tmp/games.py", line 12, in model
                      return dbt.ref("x").frob()
                  AttributeError: no such method: frob

                  compiled code at target/run/nba/models/games.py
                """)).isEqualTo("Python model failed: AttributeError: no such method: frob");
    }

    @Test
    void hookIsToldWithItsCause() {
        assertThat(headline("depot.on-run-end.0 failed, error:\n Runtime Error\n  table \"t\" does not exist"))
                .isEqualTo("depot.on-run-end.0 failed, error: table \"t\" does not exist");
    }

    @Test
    void contractIsToldWithItsRows() {
        assertThat(headline("""
                Compilation Error in model orders (models/orders.sql)
                  This model has an enforced contract that failed.
                  Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.

                  | column_name | definition_type | contract_type | mismatch_reason       |
                  | ----------- | --------------- | ------------- | --------------------- |
                  | amount      | DOUBLE          | INTEGER       | data type mismatch    |
                  | note        |                 | TEXT          | missing in definition |
                """))
                .isEqualTo("This model has an enforced contract that failed. amount: DOUBLE, INTEGER in the contract"
                        + " (data type mismatch); note: TEXT in the contract (missing in definition)");
    }

    @Test
    void unitTestIsToldWithItsFirstDifference() {
        assertThat(headline("actual differs from expected:\r\n\r\n@@,bin,qty\r\n   ,A  ,1\r\n→  ,B  ,3→4\r\n\r\n"))
                .isEqualTo("actual differs from expected: → ,B ,3→4");
    }

    @Test
    void hostileMessagesAreBounded() {
        String colons = "a:\n".repeat(5_000);
        assertThat(headline(colons).length()).isLessThan(600);
        assertThat(headline("| a |\n".repeat(5_000)).length()).isLessThan(600);
        assertThat(headline("Traceback (most recent call last):\n")).isEqualTo("Traceback (most recent call last):");
    }

    private static String headline(String message) {
        return new NodeRun("error", 1, 0, null, message, null, null).headline();
    }
}
