package io.jenkins.plugins.dbtslim.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the names of fields, which are few and come again in every resource: a recorded value holds the number in
 * place of the name, and the fingerprint of a name is made once. The parser gives the same String for the same name, so
 * that a look-up costs neither a hash nor a comparison.
 */
final class Names {
    private final Map<String, Name> byText = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private long weight;

    private record Name(int number, Fingerprint fingerprint) {}

    int number(String text) {
        return name(text).number();
    }

    String text(int number) {
        return texts.get(number);
    }

    Fingerprint fingerprint(String text) {
        return name(text).fingerprint();
    }

    /** Bytes that the names take, about. */
    long weight() {
        return weight;
    }

    private Name name(String text) {
        Name name = byText.get(text);
        if (name == null) {
            name = new Name(texts.size(), TextHash.of(text));
            byText.put(text, name);
            texts.add(text);
            weight += 150L + text.length();
        }
        return name;
    }
}
