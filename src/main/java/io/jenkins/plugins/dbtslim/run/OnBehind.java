package io.jenkins.plugins.dbtslim.run;

import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.function.Consumer;

/** What to do where production is ahead of the branch that is built. */
public enum OnBehind {
    /** Do not even look. */
    IGNORE,
    /** Say so, and mark what differs only because of that. */
    WARN,
    /** Stop before anything is built. */
    FAIL;

    /** Reads the option, which is {@code warn} where it is not given. */
    public static OnBehind parse(String option, String text) throws UserException {
        return switch (text == null ? "warn" : text) {
            case "ignore" -> IGNORE;
            case "warn" -> WARN;
            case "fail" -> FAIL;
            default -> throw new UserException(option + " is ignore, warn or fail, and not \"" + text + "\".");
        };
    }

    /**
     * Judges what git told.
     *
     * @throws UserException where the build is not to begin
     */
    public void judge(BehindProduction behind, Consumer<String> log) throws UserException {
        if (this == FAIL && (behind.commits() != 0 || behind.unknown() != null)) {
            throw new UserException(behind.sentence()
                    + " Bring the branch up to date, and build again; onBehind: warn (--on-behind warn) builds it as it"
                    + " is.");
        }
        if (this == WARN && behind.commits() != 0) {
            log.accept(behind.sentence());
        }
    }
}
