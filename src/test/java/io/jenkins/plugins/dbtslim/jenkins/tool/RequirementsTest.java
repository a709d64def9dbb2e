package io.jenkins.plugins.dbtslim.jenkins.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requirements are taken: packages and versions, and nothing that leads pip elsewhere. */
class RequirementsTest {
    private static final String HASH = "--hash=sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbt-core",
                "dbt-core<1.12",
                "dbt-core >=1.10, <1.12",
                "dbt-core~=1.11.0",
                "dbt-core===1.11.0+local",
                "dbt-core (>=1.10,<1.12)",
                "psycopg2-binary[pool,extra]==2.9.*",
                "dbt_duckdb ; python_version >= '3.9' and sys_platform != \"win32\"",
                "zope.interface!=5"
            })
    void packagesWithVersionsAreTaken(String line) throws Exception {
        assertThat(Requirements.parse(line).text()).isEqualTo(line + "\n");
    }

    @Test
    void commentsAndContinuedLinesAreReadAsPipReadsThem() throws Exception {
        String text = "# what we use\n\ndbt-core==1.11.0 \\\n    " + HASH + " \\\n    " + HASH
                + "\n\tdbt-duckdb==1.10.0   # the adapter\r\n";
        assertThat(Requirements.parse(text).text())
                .isEqualTo("dbt-core==1.11.0      " + HASH + "      " + HASH + "\ndbt-duckdb==1.10.0\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "-r other.txt ~ options of pip are not taken here",
                "-e . ~ options of pip",
                "--index-url https://evil.example/simple ~ options of pip",
                "-i https://evil.example/simple ~ options of pip",
                "dbt-core --config-settings=x=y ~ options of pip",
                "dbt-core ; python_version >= '3' --global-option=x ~ options of pip",
                "dbt-core --hash=md5:0123 ~ options of pip",
                "https://evil.example/x.whl ~ addresses and paths",
                "git+https://evil.example/x ~ addresses and paths",
                "dbt-core @ https://evil.example/x.whl ~ addresses and paths",
                "./local ~ addresses and paths",
                "../local ~ addresses and paths",
                "C:\\local ~ addresses and paths",
                "local.whl ~ pip would take the name for a file",
                "local.TAR.gz ~ pip would take the name for a file",
                "${HOME} ~ a line is a package's name",
                "dbt-core==$VERSION ~ a line is a package's name",
                "dbt core ~ a line is a package's name",
                "`id` ~ a line is a package's name"
            })
    void whatLeadsElsewhereIsRefused(String line, String why) {
        assertThatThrownBy(() -> Requirements.parse("dbt-core\n" + line))
                .hasMessageStartingWith("The requirement \"" + line)
                .hasMessageContaining(why);
    }

    /** Python also ends lines at characters that Java does not. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u0085", "\u000b", "\f", "\u001c", "\u0000", "é"})
    void hiddenLineEndsAreRefused(String character) {
        assertThatThrownBy(() -> Requirements.parse("dbt-core # x" + character + "--index-url=https://evil.example"))
                .hasMessageContaining("not printable ASCII");
    }

    @Test
    void nothingIsNoRequirement() {
        assertThatThrownBy(() -> Requirements.parse(" \n# only words\n")).hasMessageContaining("name no package");
    }

    @Test
    void hashesComeLast() {
        assertThatThrownBy(() -> Requirements.parse("dbt-core " + HASH + " evil"))
                .hasMessageContaining("hashes come last");
    }
}
