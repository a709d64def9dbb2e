package io.jenkins.plugins.dbtslim.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a deploy noted can be compared in a pull request's build, and by nobody of another folder. */
class NotesKeyTest {
    private static String of(String job) {
        return NotesKey.of(job).getPlainText();
    }

    @Test
    void jobsBelowOneFolderAtTheTopShareIt() {
        assertThat(of("shop/main")).isEqualTo(of("shop/PR-4")).isEqualTo(of("shop/team/deploy"));
        assertThat(of("shop/main")).isNotEqualTo(of("other/main")).isNotEqualTo(of("shop"));
        assertThat(of("deploy")).isEqualTo(of("pull"));
    }
}
