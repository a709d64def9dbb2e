package io.jenkins.plugins.dbtslim.state;

import java.util.List;

/**
 * A sentence for people about a comparison as a whole.
 *
 * @param key names the sentence, so that others can say it in another language; null for one that only has a text
 * @param text the sentence in English
 * @param arguments what the sentence tells of this comparison: names, versions, numbers
 */
public record Advice(String key, String text, List<String> arguments) {
    public Advice {
        arguments = List.copyOf(arguments);
    }

    public Advice(String key, String text, String... arguments) {
        this(key, text, List.of(arguments));
    }
}
