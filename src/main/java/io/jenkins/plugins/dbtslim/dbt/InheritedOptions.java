package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What dbt would take of the environment for its state, by all the names that its versions know: the driver hides them
 * from dbt, so that what is compared, read and told is what the plan says. A door takes them as its options' defaults, or
 * tells that it does not.
 */
public final class InheritedOptions {
    private static final List<String> STATE = List.of("DBT_ENGINE_STATE", "DBT_STATE", "DBT_ARTIFACT_STATE_PATH");
    private static final List<String> DEFER = List.of("DBT_ENGINE_DEFER", "DBT_DEFER", "DBT_DEFER_TO_STATE");
    private static final List<String> FAVOR_STATE =
            List.of("DBT_ENGINE_FAVOR_STATE", "DBT_FAVOR_STATE", "DBT_FAVOR_STATE_MODE");
    /** As dbt's command line reads a flag. */
    private static final Set<String> TRUE = Set.of("1", "true", "t", "yes", "y", "on");

    private final Map<String, String> variables;

    public InheritedOptions(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The folder of the state, relative to the project's as dbt reads it, or null. */
    @CheckForNull
    public String state() {
        return first(STATE);
    }

    /** Whether to defer, or null where nothing says so. */
    @CheckForNull
    public Boolean defer() {
        return flag(DEFER);
    }

    /** Whether to favour the state, or null where nothing says so. */
    @CheckForNull
    public Boolean favorState() {
        return flag(FAVOR_STATE);
    }

    /** The names of those that are set. */
    public List<String> names() {
        return Stream.of(STATE, DEFER, FAVOR_STATE)
                .flatMap(List::stream)
                .filter(name -> first(List.of(name)) != null)
                .toList();
    }

    private Boolean flag(List<String> names) {
        String value = first(names);
        return value == null ? null : TRUE.contains(value.toLowerCase(Locale.ROOT));
    }

    private String first(List<String> names) {
        return names.stream()
                .map(variables::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse(null);
    }
}
