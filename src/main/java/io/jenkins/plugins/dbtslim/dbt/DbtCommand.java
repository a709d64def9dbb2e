package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of dbt that runs in the process of the build, before or after it, such as {@code source freshness}.
 *
 * @param words of its command line, without {@code dbt} and what the build's commands have in common
 */
public record DbtCommand(List<String> words) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Production's tables for incremental models, which else would be built from nothing. */
    static final DbtCommand CLONE =
            new DbtCommand(List.of("clone", "--select", "state:modified+,config.materialized:incremental,state:old"));

    /** Those that end by themselves and delete nothing; the build itself is none of them. */
    private static final Set<String> KNOWN = Set.of(
            "clone",
            "compile",
            "docs generate",
            "run",
            "run-operation",
            "seed",
            "snapshot",
            "source freshness",
            "test");

    /** A word, whose parts may be quoted as in a shell. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]++|'[^']*'|\"[^\"]*\")++");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    public DbtCommand {
        words = new ArrayList<>(words);
    }

    /**
     * Reads a line such as {@code seed --select "a b"}, also with {@code dbt} before it.
     *
     * @throws UserException with a sentence where it is none of those that can run
     */
    public static DbtCommand parse(String line) throws UserException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(QUOTED.matcher(word.group())
                    .replaceAll(
                            part -> Matcher.quoteReplacement(part.group(1) == null ? part.group(2) : part.group(1))));
        }
        if (!words.isEmpty() && words.get(0).equals("dbt")) {
            words.remove(0);
        }
        String one = words.isEmpty() ? "" : words.get(0);
        String two = words.size() < 2 ? one : one + " " + words.get(1);
        if (!WORD.matcher(line.strip()).replaceAll("").isBlank() || (!KNOWN.contains(one) && !KNOWN.contains(two))) {
            throw new UserException(
                    "\"" + line.strip() + "\" is no command that can run before or after the build: those" + " are "
                            + String.join(", ", KNOWN.stream().sorted().toList()) + ", with options of their own.");
        }
        ExtraArgs.checkCommand(words);
        return new DbtCommand(words);
    }

    /**
     * What runs before the build.
     *
     * @param clones whether production's tables of incremental models that are to be built are cloned first
     */
    public static List<DbtCommand> before(List<String> lines, boolean clones) throws UserException {
        List<DbtCommand> commands = parse(lines);
        if (clones) {
            commands.add(0, CLONE);
        }
        return commands;
    }

    /** Reads each line. */
    public static List<DbtCommand> parse(List<String> lines) throws UserException {
        List<DbtCommand> commands = new ArrayList<>();
        for (String line : lines) {
            commands.add(parse(line));
        }
        return commands;
    }
}
