package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Writer;
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

    private final JsonParser parser;
    private final ValuePool pool;
    private final int longest;
    private String rawCode;
    private String compiledCode;
    private String description;
    private String relationName;

    TextReader(JsonParser parser, ValuePool pool, int longest) {
        this.parser = parser;
        this.pool = pool;
        this.longest = longest;
    }

    ResourceText read(String uniqueId) throws IOException {
        rawCode = null;
        compiledCode = null;
        description = null;
        relationName = null;
        Map<String, ResourceText.Column> columns = new LinkedHashMap<>();
        Map<String, Object> values = new HashMap<>();
        Fields.each(parser, key -> {
            switch (key) {
                case "raw_code", "raw_sql", "macro_sql" -> rawCode = text();
                case "compiled_code", "compiled_sql" -> compiledCode = text();
                case "description" -> description = text();
                case "relation_name" -> relationName = text();
                case "columns" -> Fields.each(parser, name -> columns.put(name, column(name)));
                default -> other(key, values);
            }
        });
        return new ResourceText(uniqueId, rawCode, compiledCode, description, relationName, columns, values);
    }

    private void other(String key, Map<String, Object> values) throws IOException {
        if (LEFT_OUT.contains(key)) {
            parser.skipChildren();
        } else {
            values.put(key, pool.value(parser));
        }
    }

    private ResourceText.Column column(String key) throws IOException {
        Map<String, Object> parts = new HashMap<>();
        Fields.each(parser, part -> {
            switch (part) {
                case "name", "description", "data_type" -> parts.put(part, text());
                case "constraints" -> parts.put(part, pool.value(parser));
                default -> parser.skipChildren();
            }
        });
        return new ResourceText.Column(
                parts.get("name") instanceof String name ? name : key,
                parts.get("description") instanceof String text ? text : "",
                (String) parts.get("data_type"),
                parts.get("constraints") instanceof List<?> list ? list : List.of());
    }

    private String text() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        Head head = new Head(longest);
        parser.getText(head);
        return head.toString();
    }

    /** Keeps the beginning of what is written to it. */
    private static final class Head extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int longest;
        private boolean cut;

        Head(int longest) {
            this.longest = longest;
        }

        @Override
        public void write(char[] characters, int from, int count) {
            int kept = Math.min(count, longest - text.length());
            text.append(characters, from, kept);
            cut |= kept < count;
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // holds nothing
        }

        @Override
        public String toString() {
            return cut ? text.append('…').toString() : text.toString();
        }
    }
}
