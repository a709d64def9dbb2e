package io.jenkins.plugins.dbtslim.run;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the options of a fetch mean, in a step and on the command line. */
public final class FetchRules {
    private static final Pattern AGE = Pattern.compile("(\\d{1,5})\\s*([mhd])");

    private FetchRules() {}

    /**
     * Reads an age such as {@code 36h}.
     *
     * @param option its name, for the sentence
     * @param text null for none
     */
    public static Duration age(String option, String text) throws UserException {
        if (text == null) {
            return null;
        }
        Matcher matcher = AGE.matcher(text.strip());
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number == 0) {
            throw new UserException(
                    option + " is a number with m, h or d, such as 90m, 36h or 7d, and not \"" + text + "\".");
        }
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
