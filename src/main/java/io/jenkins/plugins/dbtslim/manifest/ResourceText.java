package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The texts and details of one resource or macro, from the second pass. Long texts are cut at the limit asked for.
 *
 * @param uniqueId whose they are
 * @param rawCode {@code raw_code} ({@code macro_sql} of a macro), or null
 * @param compiledCode {@code compiled_code}, or null when dbt did not compile it
 * @param description rendered description, or null
 * @param relationName {@code relation_name}, or null
 * @param columns by the key of the column map, in the order of the file
 * @param values other small keys of the resource (such as {@code owner}, {@code freshness}, {@code constraints},
 *     {@code config}, {@code unrendered_config}) with Map, List, String, Boolean, number or null
 */
public record ResourceText(
        String uniqueId,
        @CheckForNull String rawCode,
        @CheckForNull String compiledCode,
        @CheckForNull String description,
        @CheckForNull String relationName,
        Map<String, Column> columns,
        Map<String, Object> values) {
    public ResourceText {
        columns = Collections.unmodifiableMap(columns);
        values = Collections.unmodifiableMap(values);
    }

    /** The value of a key when it is a list, else an empty list. */
    public List<?> list(String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }

    /** The value of a key when it is a map, else an empty map. */
    public Map<?, ?> map(String key) {
        return values.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    /**
     * One column as documented.
     *
     * @param name as written
     * @param description rendered, empty when there is none
     * @param dataType as written, or null
     * @param constraints each a map with {@code type} and more
     */
    public record Column(String name, String description, String dataType, List<?> constraints) {}
}
