package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which change request a commit's message names. */
class MergedChangeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '>', nullValues = "none", textBlock = """
            Merge pull request #42 from shop/fix\\n\\nFix (#7)    > 42
            Sum up orders (#42)                                > 42
            Sum up orders (#42)\\n\\n* first (#40)\\n* second  > 42
            Revert "Sum up orders (#41)" (#42)                 > 42
            Title (#7) (#42)                                   > 42
            Merged in fix (pull request #42)                   > 42
            Merged PR 42: Fix totals                           > 42
            Merge pull request 'Fix (#7)' (#42) from fix into main > 42
            Fix (#7)\\n\\nSee merge request shop/old!41\\nSee merge request shop/dbt!42 > 42
            Pull request #42: Fix totals                       > 42
            Merge branch 'fix' into 'main'\\n\\nSee merge request shop/dbt!42 > 42
            Fix totals, see #42                                > none
            Merge branch 'main' into fix                       > none
            Fix\\n\\nAs in (#42)                               > none
            Sum up (#0x42)                                     > none
            Merge pull request #42                             > none
            Merge pull request #42 and others                  > none
            Undo (pull request #42)                            > none
            Undo (#42), for now                                > none
            Undo Merged PR 42: Fix totals                      > none
            Fix\\n\\nSee merge request !42                      > none
            Fix\\n\\nMerge pull request #42 from shop/fix       > none
            """)
    void isInTheMessage(String message, String number) {
        assertThat(MergedChange.ofMessage(message.replace("\\n", "\n"))).isEqualTo(number);
    }

    /** A description that somebody wrote for it would end the production build in a StackOverflowError. */
    @Test
    void aMessageOfAnyLengthIsRead() {
        String long1 = "Merge branch 'fix'\n\nSee merge request " + "a/".repeat(30_000);
        assertThat(MergedChange.ofMessage(long1)).isNull();
        assertThat(MergedChange.ofMessage(long1 + "\nSee merge request shop/dbt!42"))
                .isEqualTo("42");
    }

    @Test
    void isNoneWhereThereIsNoRepository(@TempDir Path folder) throws InterruptedException {
        assertThat(MergedChange.ofCheckout(folder)).isNull();
        assertThat(MergedChange.ofCheckout(folder.resolve("none"))).isNull();
    }

    @Test
    void isThatOfTheCheckedOutCommit(@TempDir Path folder) throws Exception {
        for (String[] command : new String[][] {
            {"git", "init", "-q"},
            {"git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "Fix (#42)", "--allow-empty"}
        }) {
            assertThat(new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertThat(MergedChange.ofCheckout(folder)).isEqualTo("42");
    }
}
