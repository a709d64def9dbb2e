package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object of our own formats as read: lenient getters, so that files of older and newer versions can be read. */
public final class Fields {
    private static final int MAX_DEPTH = 20;
    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** Reads the object that the parser stands at (or before). */
    public static Fields read(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        return value(parser, 0) instanceof Fields fields ? fields : new Fields(Map.of());
    }

    private static Object value(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("The report is nested too deep.");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> values = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, value(parser, depth + 1));
            }
            return new Fields(values);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser, depth + 1));
            }
            return list;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return parser.getBooleanValue();
        }
        return token == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public Long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : null;
    }

    public int number(String name, int otherwise) {
        return values.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    double decimal(String name, double otherwise) {
        return values.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** All fields that are numbers. */
    public Map<String, Double> decimals() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(name, number.doubleValue());
            }
        });
        return numbers;
    }

    /** The object of that name; an empty one if there is none. */
    public Fields object(String name) {
        return values.get(name) instanceof Fields fields ? fields : new Fields(Map.of());
    }

    /** All fields that are objects. */
    public Map<String, Fields> objects() {
        Map<String, Fields> objects = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value instanceof Fields fields) {
                objects.put(name, fields);
            }
        });
        return objects;
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public List<String> texts(String name) {
        return list(name, String.class);
    }

    /** Numbers of an array, whole or not. */
    public List<Double> decimals(String name) {
        return list(name, Number.class).stream().map(Number::doubleValue).toList();
    }

    public List<Fields> objects(String name) {
        return list(name, Fields.class);
    }

    private <T> List<T> list(String name, Class<T> type) {
        List<T> found = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object each : list) {
                if (type.isInstance(each)) {
                    found.add(type.cast(each));
                }
            }
        }
        return found;
    }
}
