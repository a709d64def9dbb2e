package io.jenkins.plugins.dbtslim.secret;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces every form of some secrets in a text by {@code ****}; it travels to agents, is stored nowhere. */
public final class SecretMask implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Variables of passwords of the adapters that are used most; their values must not reach a kept file. */
    public static final List<String> VARIABLES = List.of("MZ_PASSWORD", "DBT_PASSWORD", "PGPASSWORD");

    private static final String STARS = "****";
    private final ArrayList<String> forms;
    private final Pattern pattern;

    public SecretMask(Collection<String> secrets) {
        forms = new ArrayList<>(SecretForms.of(secrets));
        pattern = forms.isEmpty()
                ? null
                : Pattern.compile(forms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** Hides the values that {@link #VARIABLES} have in an environment. */
    public static SecretMask ofEnvironment(Map<String, String> environment) {
        return new SecretMask(VARIABLES.stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Takes the same secrets out of files. */
    public SecretScrub scrub() {
        return new SecretScrub(forms);
    }

    /** The text without secrets; null stays null. */
    public String mask(String text) {
        return pattern == null || text == null
                ? text
                : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
    }
}
