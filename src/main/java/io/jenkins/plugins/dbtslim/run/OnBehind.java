package io.jenkins.plugins.dbtslim.run;

import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.function.Consumer;

/** What to do where production is ahead of the branch that is built; its names are those of the option. */
public enum OnBehind {
    /** Do not even look. */
    ignore,
    /** Say so, and mark what differs only because of that. */
    warn,
    /** Stop before anything is built. */
    fail;

    /**
     * Judges what git told.
     *
     * @throws UserException where the build is not to begin
     */
    public void judge(BehindProduction behind, Consumer<String> log) throws UserException {
        if (this == fail && (behind.commits() != 0 || behind.unknown() != null)) {
            throw new UserException(behind.sentence()
                    + " Bring the branch up to date, and build again; onBehind: warn (--on-behind warn) builds it as it"
                    + " is.");
        }
        if (this == warn && behind.commits() != 0) {
            log.accept(behind.sentence());
        }
    }
}
