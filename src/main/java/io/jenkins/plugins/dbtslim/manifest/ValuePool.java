package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes values from a reader so that equal ones are made and kept once, within the limit on memory. Most configs and lists
 * of a project repeat byte by byte: only one whose bytes were not seen before is turned into objects.
 */
final class ValuePool {
    private final JsonReader json;
    private final StringPool strings;
    private final ReadLimits limits;
    private final TextHash hash = new TextHash();
    private final Map<Fingerprint, Object> values = new HashMap<>();
    private final Map<Loading, Map<Fingerprint, Fingerprint>> fingerprints = new EnumMap<>(Loading.class);
    private final Map<String, Fingerprint> names = new HashMap<>();
    private long weight;

    ValuePool(JsonReader json) {
        this.json = json;
        this.strings = json.strings();
        this.limits = json.limits;
    }

    /** The next value. */
    Object value() throws IOException {
        char first = json.peek();
        if (first != '{' && first != '[') {
            return json.value();
        }
        Object known = json.known();
        if (known != null) {
            return known;
        }
        json.keep();
        Fingerprint key = json.keptHash(hash);
        Object value = values.get(key);
        if (value == null) {
            count(4 * json.keptLength() + 64);
            json.again();
            value = json.value();
            values.put(key, value);
        }
        json.taken(value);
        return value;
    }

    /** The fingerprint of a name of a field. */
    Fingerprint nameFingerprint(String name) throws ManifestException {
        Fingerprint known = names.get(name);
        if (known == null) {
            known = TextHash.of(name);
            names.put(name, known);
            count(100);
        }
        return known;
    }

    /** The next value if it is a map; an empty one when it is something else. */
    @SuppressWarnings("unchecked") // maps of JSON have text keys
    Map<String, Object> map() throws IOException {
        return value() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The next value as a list of strings (and nulls); a single string is a list of one, all else is empty. */
    List<String> list() throws IOException {
        return texts(value());
    }

    @SuppressWarnings("unchecked") // checked element by element
    static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        for (Object element : list) {
            if (element != null && !(element instanceof String)) {
                return List.of();
            }
        }
        return (List<String>) list;
    }

    /** The fingerprint of the next value, as dbt loads it. */
    Fingerprint fingerprint(Loading loading) throws IOException {
        switch (json.peek()) {
            case 'n' -> {
                json.skip();
                return Fingerprint.NULL;
            }
            case '"' -> {
                return textFingerprint();
            }
            default -> {
                json.keep();
                Fingerprint key = json.keptHash(hash);
                Map<Fingerprint, Fingerprint> known = fingerprints.computeIfAbsent(loading, any -> new HashMap<>());
                Fingerprint print = known.get(key);
                if (print == null) {
                    json.again();
                    print = PythonValues.fingerprint(loading.apply(json.value()));
                    known.put(key, print);
                    count(128);
                }
                return print;
            }
        }
    }

    /** The fingerprint of the next value, without keeping its text. */
    Fingerprint textFingerprint() throws IOException {
        if (json.peek() != '"') {
            return PythonValues.fingerprint(value());
        }
        hash.reset();
        json.text(hash);
        return hash.finish();
    }

    /** Counts memory that the index holds on to. */
    void count(int bytes) throws ManifestException {
        weight += bytes;
        if (weight + strings.weight() > limits.retained()) {
            throw new ManifestException("holds more names and configs than " + limits.retained() / (1 << 20)
                    + " MB of memory take; give the JVM more memory" + ReadLimits.raise(ReadLimits.RETAINED));
        }
    }
}
