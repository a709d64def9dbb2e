package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks further arguments of {@code dbt build}: what a plan sets itself cannot be set again, because dbt takes the last
 * one, and report, kept copy and what ran would then tell of different things.
 */
public final class ExtraArgs {
    private static final String OURS = "dbt-slim reads what dbt writes there";
    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("--project-dir", "use the option for the project's folder instead"),
            Map.entry("--profiles-dir", "use the option for the folder of profiles.yml instead"),
            Map.entry("--target", option("target")),
            Map.entry("-t", option("target")),
            Map.entry("--select", option("select")),
            Map.entry("-s", option("select")),
            Map.entry("--models", option("select")),
            Map.entry("--model", option("select")),
            Map.entry("-m", option("select")),
            Map.entry("--exclude", option("exclude")),
            Map.entry("--selector", option("selector")),
            Map.entry("--state", option("state")),
            Map.entry("--defer", option("defer")),
            Map.entry("--no-defer", option("defer")),
            Map.entry("--favor-state", option("favorState")),
            Map.entry("--vars", option("vars")),
            Map.entry("--threads", option("threads")),
            Map.entry("--full-refresh", option("fullRefresh")),
            Map.entry("-f", option("fullRefresh")),
            Map.entry("--fail-fast", option("failFast")),
            Map.entry("-x", option("failFast")),
            Map.entry("--warn-error", option("warnError")),
            Map.entry("--log-path", OURS),
            Map.entry("--no-write-json", OURS),
            Map.entry("--write-json", OURS));

    private static final Set<String> COMMON = Set.of(
            "--project-dir",
            "--profiles-dir",
            "--profile",
            "--target",
            "-t",
            "--vars",
            "--threads",
            "--state",
            "--target-path",
            "--log-path",
            "--write-json",
            "--no-write-json",
            "--warn-error");

    /** dbt's modes of indirect selection. */
    private static final List<String> INDIRECT = List.of("eager", "cautious", "buildable", "empty");

    private ExtraArgs() {}

    /**
     * Looks at values that dbt would refuse without a word on where they stand, or nobody would use.
     *
     * @param threads 0 for the profile's own number
     * @param indirectSelection null or empty for dbt's own mode
     * @throws UserException with a sentence that names the option
     */
    static void checkValues(int threads, @CheckForNull String indirectSelection) throws UserException {
        if (threads < 0) {
            throw new UserException("The number of threads (threads, --threads) is above 0, and not " + threads
                    + ": leave it out for the profile's own.");
        }
        String mode = indirectSelection == null ? "" : indirectSelection.toLowerCase(Locale.ROOT);
        if (!mode.isEmpty() && !INDIRECT.contains(mode)) {
            throw new UserException("The indirect selection (indirectSelection, --indirect-selection) is "
                    + String.join(", ", INDIRECT) + ", and not " + indirectSelection + ".");
        }
    }

    /** As steps and as the command call it. */
    private static String option(String name) {
        return "use the option " + name + " (of the command: --"
                + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ") instead";
    }

    /**
     * Looks for options among the criteria of a selection, as people copy them from a shell: dbt would unite what follows
     * with the rest, and build the very nodes that were to be left out.
     *
     * @param option in which they stand
     * @throws UserException with a sentence that names the right option
     */
    public static void checkCriteria(String option, List<String> criteria) throws UserException {
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
     * Looks at the options of a command of its own: what all of a run's commands have in common is not for one of them.
     *
     * @throws UserException with a sentence for the user at the first that is not for here
     */
    static void checkCommand(List<String> words) throws UserException {
        for (String word : words) {
            String name = word.split("=", 2)[0];
            if (COMMON.contains(name)) {
                throw new UserException("The command \"" + String.join(" ", words) + "\" holds " + name
                        + ", which is the same for all that runs: leave it out.");
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
