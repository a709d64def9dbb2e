package io.jenkins.plugins.dbtslim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said and what stops where production is ahead. */
class OnBehindTest {
    private static final BehindProduction BEHIND = new BehindProduction(3, Set.of("a"), Set.of(), null);
    private static final BehindProduction SHALLOW = new BehindProduction(-1, Set.of(), Set.of(), "git is lost");
    private static final BehindProduction NO_GIT = new BehindProduction(0, Set.of(), Set.of(), "git is not there");

    private final List<String> log = new ArrayList<>();

    @Test
    void warnsWhereProductionHasCommitsThatTheBranchHasNot() throws UserException {
        OnBehind.warn.judge(BEHIND, log::add);
        OnBehind.warn.judge(SHALLOW, log::add);
        OnBehind.warn.judge(NO_GIT, log::add);
        OnBehind.warn.judge(BehindProduction.NOT, log::add);
        OnBehind.ignore.judge(BEHIND, log::add);
        assertThat(log)
                .containsExactly(
                        "Production is 3 commits ahead of this branch.",
                        "Whether production is ahead of this branch is not known: git is lost.");
    }

    @Test
    void failsAlsoWhereItCannotBeTold() throws UserException {
        for (BehindProduction behind : List.of(BEHIND, SHALLOW, NO_GIT)) {
            assertThatThrownBy(() -> OnBehind.fail.judge(behind, log::add))
                    .hasMessageStartingWith(behind.sentence() + " Bring the branch up to date");
        }
        OnBehind.fail.judge(BehindProduction.NOT, log::add);
        assertThat(log).isEmpty();
    }
}
