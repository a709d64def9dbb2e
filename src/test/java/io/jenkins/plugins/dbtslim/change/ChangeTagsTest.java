package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change request's build can name its own environment and no other. */
class ChangeTagsTest {
    private final ChangeTags tags = new ChangeTags("8", List.of("shop_pr_{CHANGE_ID}", "production", "{CHANGE_ID}"));

    @ParameterizedTest
    @ValueSource(strings = {"gh_ci_8", "GH_CI_8", "shop_pr_8"})
    void itsOwnAreTaken(String tag) throws UserException {
        assertThat(tags.owns(tag)).isTrue();
        tags.require(tag);
    }

    /** A pattern without a number would give production to everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"production", "gh_ci_7", "gh_ci_88", "shop_pr_7", "8", "mine", "shop_pr_{CHANGE_ID}"})
    void othersAreRefused(String tag) {
        assertThat(tags.owns(tag)).isFalse();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> tags.require(tag))
                .withMessage(
                        "The environment \"" + tag + "\" does not belong to change request 8: its builds may use"
                                + " gh_ci_8 or shop_pr_8; an administrator can allow further tags in the global configuration.");
    }

    @Test
    void aBuildOfNoChangeRequestMayNameAnyAndOwnsNone() throws UserException {
        ChangeTags none = new ChangeTags(null, List.of("shop_pr_{CHANGE_ID}"));
        none.require("production");
        assertThat(none.owns("gh_ci_8")).isFalse();
        tags.require(null);
    }

    @Test
    void patternsHaveTheNumberAndAreTags() {
        assertThat(ChangeTags.patternProblem("pr_{CHANGE_ID}")).isNull();
        assertThat(ChangeTags.patternProblem("pr_{CHANGE_ID}_x")).isNull();
        assertThat(ChangeTags.patternProblem("pr_*")).contains("is the same for all change requests");
        assertThat(ChangeTags.patternProblem("{CHANGE_ID}")).contains("cannot be a CI tag");
        assertThat(ChangeTags.patternProblem("pr-{CHANGE_ID}")).contains("cannot be a CI tag");
    }
}
