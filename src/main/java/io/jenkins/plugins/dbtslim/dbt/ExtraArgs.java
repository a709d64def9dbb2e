package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import java.util.Map;

/**
 * Checks further arguments of {@code dbt build}: what a plan sets itself cannot be set again, because dbt takes the last
 * one, and report, kept copy and what ran would then tell of different things.
 */
final class ExtraArgs {
    private static final String OURS = "dbt-slim reads what dbt writes there";
    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("--project-dir", "use the option for the project's folder instead"),
            Map.entry("--profiles-dir", "use the option for the folder of profiles.yml instead"),
            Map.entry("--target", "use the option target instead"),
            Map.entry("-t", "use the option target instead"),
            Map.entry("--select", "use the option select instead"),
            Map.entry("-s", "use the option select instead"),
            Map.entry("--models", "use the option select instead"),
            Map.entry("--model", "use the option select instead"),
            Map.entry("-m", "use the option select instead"),
            Map.entry("--exclude", "use the option exclude instead"),
            Map.entry("--selector", "use the option selector instead"),
            Map.entry("--state", "use the option state instead"),
            Map.entry("--defer", "use the option defer instead"),
            Map.entry("--no-defer", "use the option defer instead"),
            Map.entry("--favor-state", "use the option favorState instead"),
            Map.entry("--vars", "use the option vars instead"),
            Map.entry("--threads", "use the option threads instead"),
            Map.entry("--full-refresh", "use the option fullRefresh instead"),
            Map.entry("-f", "use the option fullRefresh instead"),
            Map.entry("--fail-fast", "use the option failFast instead"),
            Map.entry("-x", "use the option failFast instead"),
            Map.entry("--warn-error", "use the option warnError instead"),
            Map.entry("--log-path", OURS),
            Map.entry("--no-write-json", OURS),
            Map.entry("--write-json", OURS));

    private ExtraArgs() {}

    /**
     * Looks for options among the criteria of a selection, as people copy them from a shell: dbt would unite what follows
     * with the rest, and build the very nodes that were to be left out.
     *
     * @param option in which they stand
     * @throws UserException with a sentence that names the right option
     */
    static void checkCriteria(String option, List<String> criteria) throws UserException {
        for (String text : criteria) {
            for (String word : text.strip().split("\\s+", -1)) {
                if (word.startsWith("-")) {
                    String name = word.split("=", 2)[0];
                    throw new UserException("The option " + option + " holds " + name + ", which is no criterion: "
                            + OWNED.getOrDefault(name, "give it as a further argument of dbt") + ".");
                }
            }
        }
    }

    /**
     * Looks at each word that is an option, also {@code --name=value} and {@code -svalue}.
     *
     * @throws UserException with a sentence for the user at the first that is not for here
     */
    static void check(List<String> words) throws UserException {
        for (String word : words) {
            String name =
                    word.startsWith("--") ? word.split("=", 2)[0] : word.length() > 2 ? word.substring(0, 2) : word;
            if (word.startsWith("-") && OWNED.containsKey(name)) {
                throw new UserException("The further arguments of dbt hold " + name + ": " + OWNED.get(name) + ".");
            }
            if (word.indexOf('\0') >= 0) {
                throw new UserException("The further arguments of dbt hold a NUL character: leave it out.");
            }
        }
    }
}
