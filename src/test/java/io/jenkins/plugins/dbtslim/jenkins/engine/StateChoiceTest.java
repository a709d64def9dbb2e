package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.store.Provenance;
import org.junit.jupiter.api.Test;

/** A state is production's because the build noted on the controller what it fetched, and not because it lies there. */
class StateChoiceTest {
    private static final StateChoice FETCHED = new StateChoice(
            ".dbt-state",
            null,
            new Provenance("s3://b/m.json", "e", null, null, "abc", 1, 12, null, null, null, null, null, null, null));

    @Test
    void stateOfTheCheckoutInPlaceOfTheFetchedOneIsRefused() {
        assertThatCode(() -> FETCHED.require("/ws/.dbt-state/manifest.json", "abc"))
                .doesNotThrowAnyException();
        assertThatCode(() -> FETCHED.require("/ws/.dbt-state/manifest.json", null))
                .as("the driver's own sentence")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> FETCHED.require("/ws/.dbt-state/manifest.json", "abd"))
                .isInstanceOf(UserException.class)
                .hasMessage("The state /ws/.dbt-state/manifest.json is not what this build fetched from s3://b/m.json:"
                        + " something replaced it since, such as a checkout that brings a file of that name. Fetch it"
                        + " after the checkout, to a folder that the repository does not have (to).");
    }
}
