package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns JSON values into objects that cannot be changed. */
final class JsonValues {
    private JsonValues() {}

    /** The next value: Map, List, String, Boolean, Long, BigInteger, Double or null. */
    static Object next(JsonReader json) throws IOException {
        switch (json.peek()) {
            case '{' -> {
                Map<String, Object> map = new LinkedHashMap<>();
                json.object(name -> map.put(name, next(json)));
                return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
            }
            case '[' -> {
                List<Object> list = new ArrayList<>(4);
                json.array(() -> list.add(next(json)));
                return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
            }
            case '"' -> {
                return json.text();
            }
            default -> {
                return literal(json.literal());
            }
        }
    }

    private static Object literal(String text) {
        return switch (text) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
            default -> {
                boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
                yield whole ? whole(text) : (Object) Double.valueOf(text);
            }
        };
    }

    private static Object whole(String digits) {
        if (digits.length() < 19) {
            return Long.valueOf(digits);
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
}
