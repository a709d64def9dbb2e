package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the values of one file so that equal ones are made and kept once, within the limit on memory. */
final class ValuePool {
    private final StringPool strings = new StringPool();
    private final Names names = new Names();
    private final ValueTape tape = new ValueTape(strings, names);
    private final TextHash hash = new TextHash();
    private final Map<Fingerprint, Object> values = new HashMap<>();
    private final Map<Loading, Map<Fingerprint, Fingerprint>> fingerprints = new EnumMap<>(Loading.class);
    private final ReadLimits limits;
    private long weight;

    ValuePool(ReadLimits limits) {
        this.limits = limits;
    }

    /** The text at the parser's current token, or null when it is no string. */
    String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        return strings.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** The one String for a name of a field. */
    String name(String key) {
        char[] characters = key.toCharArray();
        return strings.get(characters, 0, characters.length);
    }

    /** The value at the parser's current token. */
    Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> text(parser);
            default -> {
                tape.record(parser);
                Fingerprint key = tape.hash(hash);
                Object value = values.get(key);
                if (value == null) {
                    value = tape.value();
                    values.put(key, value);
                    count(tape.weight());
                }
                yield value;
            }
        };
    }

    /** The fingerprint of a name of a field. */
    Fingerprint nameFingerprint(String key) {
        return names.fingerprint(key);
    }

    /** The map at the parser's current token; empty when it is something else. */
    @SuppressWarnings("unchecked") // maps of JSON have text keys
    Map<String, Object> map(JsonParser parser) throws IOException {
        return value(parser) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The list of strings (and nulls) at the parser's current token; a single string is a list of one, all else is empty. */
    List<String> list(JsonParser parser) throws IOException {
        return texts(value(parser));
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

    /** The fingerprint of the value at the parser's current token, as dbt loads it. */
    Fingerprint fingerprint(JsonParser parser, Loading loading) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Fingerprint.NULL;
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return textFingerprint(parser);
        }
        tape.record(parser);
        Fingerprint key = tape.hash(hash);
        Map<Fingerprint, Fingerprint> fingerprints = this.fingerprints.computeIfAbsent(loading, l -> new HashMap<>());
        Fingerprint known = fingerprints.get(key);
        if (known == null) {
            known = PythonValues.fingerprint(loading.apply(tape.value()));
            fingerprints.put(key, known);
            count(128);
        }
        return known;
    }

    /** The fingerprint of the text at the parser's current token, without keeping the text. */
    Fingerprint textFingerprint(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return PythonValues.fingerprint(value(parser));
        }
        hash.reset();
        if (parser.getText(hash) > limits.stringLength()) {
            throw new ManifestException(
                    "goes beyond a limit at byte " + parser.currentLocation().getByteOffset() + ": a text of more than "
                            + limits.stringLength() + " characters");
        }
        return hash.finish();
    }

    /** Counts memory that the index holds on to. */
    void count(int bytes) throws ManifestException {
        weight += bytes;
        if (weight + strings.weight() + names.weight() > limits.retained()) {
            throw new ManifestException("holds more names and configs than " + limits.retained() / (1 << 20)
                    + " MB of memory take; give the JVM more memory");
        }
    }
}
