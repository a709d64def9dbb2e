package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the texts of one resource; long ones are cut. */
final class TextReader {
    /** Keys that are big or of no interest to a reader of a report. */
    private static final Set<String> LEFT_OUT = Set.of(
            "extra_ctes", "compiled_path", "build_path", "refs", "sources", "metrics", "functions", "docs", "given");

    private final ValueReader json;
    private final int longest;
    private String rawCode;
    private String compiledCode;
    private String description;
    private String relationName;

    TextReader(ValueReader json, int longest) {
        this.json = json;
        this.longest = longest;
    }

    ResourceText read(String uniqueId) throws IOException {
        rawCode = null;
        compiledCode = null;
        description = null;
        relationName = null;
        Map<String, ResourceText.Column> columns = new LinkedHashMap<>();
        Map<String, Object> values = new HashMap<>();
        json.object(key -> {
            switch (key) {
                case "raw_code", "raw_sql", "macro_sql" -> rawCode = PendingMark.withoutComment(text());
                case "compiled_code", "compiled_sql" -> compiledCode = text();
                case "description" -> description = text();
                case "relation_name" -> relationName = text();
                case "columns" -> json.entries(name -> columns.put(name, column(name)));
                default -> other(key, values);
            }
        });
        return new ResourceText(uniqueId, rawCode, compiledCode, description, relationName, columns, values);
    }

    private void other(String key, Map<String, Object> values) throws IOException {
        if (LEFT_OUT.contains(key)) {
            json.skip();
        } else {
            values.put(key, json.value());
        }
    }

    private ResourceText.Column column(String key) throws IOException {
        Map<String, Object> parts = new HashMap<>();
        json.object(part -> {
            switch (part) {
                case "name", "description", "data_type" -> parts.put(part, text());
                case "constraints" -> parts.put(part, json.value());
                default -> json.skip();
            }
        });
        return new ResourceText.Column(
                parts.get("name") instanceof String name ? name : key,
                parts.get("description") instanceof String text ? text : "",
                (String) parts.get("data_type"),
                parts.get("constraints") instanceof List<?> list ? list : List.of());
    }

    private String text() throws IOException {
        String text = json.longText();
        if (text == null || text.length() <= longest) {
            return text;
        }
        boolean betweenSurrogates = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, betweenSurrogates ? longest - 1 : longest) + "…";
    }
}
