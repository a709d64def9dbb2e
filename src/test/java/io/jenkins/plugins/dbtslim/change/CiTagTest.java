package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be the name of an environment. */
class CiTagTest {
    @ParameterizedTest
    @ValueSource(strings = {"gh_ci_42", "_x", "Pr7", "pgx", "mzx", "publication"})
    void namesWithoutQuotesAreTags(String tag) throws Exception {
        assertThat(CiTag.require(tag)).isEqualTo(tag);
    }

    @Test
    void atMost63Characters() {
        assertThat(CiTag.problem("a".repeat(63))).isNull();
        assertThat(CiTag.problem("a".repeat(64))).endsWith("at most 63 in all.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "7up", "pr-7", "x y", "x\"; drop schema y", "x;", "ä", "x\n"})
    void othersAreRefused(String tag) {
        assertThatThrownBy(() -> CiTag.require(tag)).hasMessageStartingWith("\"" + tag + "\" cannot be a CI tag: it");
    }

    /** drop_environment would drop what is not ours. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "PUBLIC", "information_schema", "pg_catalog", "mz_internal"})
    void namesOfTheDatabaseAreRefused(String tag) {
        assertThat(CiTag.problem(tag)).contains("the database itself uses");
    }

    @Test
    void aChangeRequestHasATag() throws Exception {
        assertThat(CiTag.ofChange("42")).isEqualTo("gh_ci_42");
        assertThat(CiTag.require(CiTag.ofChange("1234/5"))).isEqualTo("gh_ci_1234_5");
    }
}
