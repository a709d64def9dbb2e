package io.jenkins.plugins.dbtslim.secret;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces every form of some secrets in a text by {@code ****}; it travels to agents, is stored nowhere. */
public final class SecretMask implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Variables of passwords of the adapters that are used most; their values must not reach a kept file. */
    public static final List<String> VARIABLES = List.of("MZ_PASSWORD", "DBT_PASSWORD", "PGPASSWORD");

    private static final String STARS = "****";
    /** Characters that a form may have at the most, as far as an unfinished text is concerned. */
    private static final int LONGEST = 16 * 1024;

    private final Pattern pattern;
    private final ArrayList<String> anchors;

    public SecretMask(Collection<String> secrets) {
        pattern = SecretForms.pattern(secrets);
        anchors = new ArrayList<>(SecretForms.anchors(secrets));
    }

    /** Hides the values that {@link #VARIABLES} have in an environment. */
    public static SecretMask ofEnvironment(Map<String, String> environment) {
        return new SecretMask(VARIABLES.stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Whether there is nothing to hide. */
    public boolean isEmpty() {
        return pattern == null;
    }

    /** Whether the text holds a secret. */
    public boolean finds(String text) {
        return mayHoldOne(text) && pattern.matcher(text).find();
    }

    /** The text without secrets; null stays null. */
    public String mask(String text) {
        return text == null || !mayHoldOne(text)
                ? text
                : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
    }

    /**
     * How much of the beginning of a text can be masked now, while more of it is still to come: up to the last place
     * that no secret crosses or may yet cross.
     */
    public int settled(String text) {
        if (pattern == null) {
            return text.length();
        }
        if (!mayHoldOne(text)) {
            return Math.max(0, text.length() - LONGEST);
        }
        int settled = Math.max(0, text.length() - LONGEST);
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && matcher.start() < settled) {
            if (matcher.end() > settled) {
                settled = matcher.start();
            }
        }
        return settled;
    }

    /** Most texts hold nothing, and to see that must cost next to nothing. */
    private boolean mayHoldOne(String text) {
        return pattern != null && (anchors.isEmpty() || anchors.stream().anyMatch(text::contains));
    }
}
