package io.jenkins.plugins.dbtslim.io;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON object of our own formats, read as a whole. Getters are lenient, so that files of older and newer versions can
 * be read: what is missing or of another type is null, or what the caller gives instead. Whoever writes such a file may
 * be an agent or a project's code: the length, the depth and the number of parts of all JSON that {@link #JSON} reads
 * are limited, so that it cannot fill the reader's memory.
 */
public final class JsonObject {
    /**
     * For JSON of ours, to read and to write. A number of parts costs memory, however short they are:
     * {@code [{},{},…]}.
     */
    public static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(AgentLimits.JSON_BYTES)
                    .maxTokenCount(AgentLimits.JSON_PARTS)
                    .maxNestingDepth(AgentLimits.JSON_DEPTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final JsonObject NONE = new JsonObject(Map.of());

    private final Map<String, Object> values;

    private JsonObject(Map<String, Object> values) {
        this.values = values;
    }

    /** Reads the object that the parser stands at or before. */
    public static JsonObject read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
        if (token != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "an object is expected");
        }
        return object(parser);
    }

    /** Reads a file that holds one object. */
    public static JsonObject read(Path file) throws IOException {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            return read(parser);
        }
    }

    /** Reads a text that holds one object. */
    public static JsonObject parse(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return read(parser);
        }
    }

    /** Writes an object as a whole file; null values of its own are left out. */
    public static void write(Path file, Map<String, Object> fields) throws IOException {
        Map<String, Object> known = new LinkedHashMap<>(fields);
        known.values().removeIf(Objects::isNull);
        AtomicFile.write(file, out -> {
            try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
                write(json.useDefaultPrettyPrinter(), known);
            }
        });
    }

    /** A value as a line of JSON: see {@link #write(JsonGenerator, Object)}. */
    public static String line(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, value);
        }
        return text.toString();
    }

    /** Writes texts, numbers, booleans, null, and lists and maps of those. */
    public static void write(JsonGenerator json, @CheckForNull Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(json, each);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value); // without a codec: texts, numbers, booleans and null
        }
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser));
        }
        return new JsonObject(values);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** A whole number as Long, another or a huge one as Double; null for what no Double can be. */
    private static Number number(JsonParser parser) throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            return parser.getLongValue();
        }
        double number = parser.getDoubleValue();
        return Double.isFinite(number) ? number : null;
    }

    /** The names of all fields, in their order. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Whether there is a field of that name that is not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    public String text(String name) {
        return text(name, null);
    }

    public String text(String name, String otherwise) {
        return values.get(name) instanceof String text ? text : otherwise;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** A whole number, or null. */
    @CheckForNull
    public Long number(String name) {
        return values.get(name) instanceof Long number ? number : null;
    }

    public int number(String name, int otherwise) {
        return values.get(name) instanceof Long number && number == number.intValue() ? number.intValue() : otherwise;
    }

    public double decimal(String name, double otherwise) {
        return values.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** The object of that name; an empty one if there is none. */
    public JsonObject object(String name) {
        return values.get(name) instanceof JsonObject object ? object : NONE;
    }

    /** The texts of an array; nothing if there is none. */
    public List<String> texts(String name) {
        return list(name, String.class);
    }

    /** The objects of an array; nothing if there is none. */
    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class);
    }

    private <T> List<T> list(String name, Class<T> type) {
        return values.get(name) instanceof List<?> list
                ? list.stream().filter(type::isInstance).map(type::cast).toList()
                : List.of();
    }

    /** All fields that are texts or whole numbers, as texts. */
    public Map<String, String> scalars() {
        Map<String, String> scalars = new LinkedHashMap<>();
        all(String.class).forEach(scalars::put);
        all(Long.class).forEach((name, number) -> scalars.put(name, number.toString()));
        return scalars;
    }

    /** All fields that are numbers. */
    public Map<String, Double> decimals() {
        Map<String, Double> decimals = new LinkedHashMap<>();
        all(Number.class).forEach((name, number) -> decimals.put(name, number.doubleValue()));
        return decimals;
    }

    /** All fields that are true or false. */
    public Map<String, Boolean> flags() {
        return all(Boolean.class);
    }

    private <T> Map<String, T> all(Class<T> type) {
        Map<String, T> all = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (type.isInstance(value)) {
                all.put(name, type.cast(value));
            }
        });
        return all;
    }
}
