package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What travels beside a manifest: files of the run that published it, each an object of its own, fetched where it is wanted.
 *
 * @param id its name in options
 * @param fileName its file beside a manifest on a disk, where dbt or the driver looks for it
 */
public record Companion(String id, String fileName) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How long each node took when it was built last, {@code {"<unique_id>": <seconds>}}. */
    public static final Companion TIMINGS = new Companion("timings", "timings.json");
    /** dbt's results without SQL and messages, for selectors such as {@code result:error+}. */
    public static final Companion RESULTS = new Companion("results", "run_results.json");
    /** dbt's freshness of sources, for {@code source_status:fresher+}. */
    public static final Companion SOURCES = new Companion("sources", "sources.json");

    static final List<Companion> OF_A_RUN = List.of(TIMINGS, RESULTS, SOURCES);
    private static final String PARSE = "parse:";
    private static final Pattern PARSE_FILE =
            Pattern.compile("partial_parse-([A-Za-z0-9_][A-Za-z0-9_.-]{0,99})\\.msgpack");

    /** dbt's partial parse of the project for a target of its profile, as the driver left it; empty if the name is none. */
    private static List<Companion> parse(String target) {
        Companion parse = new Companion(PARSE + target, "partial_parse-" + target + ".msgpack");
        return PARSE_FILE.matcher(parse.fileName).matches() ? List.of(parse) : List.of();
    }

    /** The parse that a file holds, by its name; empty for any other file. */
    public static List<Companion> ofFile(String name) {
        Matcher file = PARSE_FILE.matcher(name);
        return file.matches() ? parse(file.group(1)) : List.of();
    }

    /** Where it lies beside the manifest: {@code <name>.run_results.json.gz}. */
    ManifestLocation beside(ManifestLocation manifest) {
        return manifest.beside("." + fileName + ".gz");
    }

    /**
     * Finds them by their names.
     *
     * @throws UserException with a sentence that lists them
     */
    public static Set<Companion> parse(String option, Collection<String> ids) throws UserException {
        Set<Companion> found = new LinkedHashSet<>();
        for (String text : ids) {
            String id = text.strip();
            found.add((id.startsWith(PARSE)
                            ? parse(id.substring(PARSE.length())).stream()
                            : OF_A_RUN.stream().filter(one -> one.id.equals(id)))
                    .findFirst()
                    .orElseThrow(() -> new UserException(option + " names what travels with a manifest: "
                            + OF_A_RUN.stream().map(Companion::id).collect(Collectors.joining(", "))
                            + ", parse:<target>; \"" + id + "\" does not.")));
        }
        return found;
    }
}
