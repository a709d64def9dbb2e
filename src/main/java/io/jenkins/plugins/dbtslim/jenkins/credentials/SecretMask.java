package io.jenkins.plugins.dbtslim.jenkins.credentials;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces every form of some secrets in a text by {@code ****}; it travels to agents, is stored nowhere. */
public final class SecretMask implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String STARS = "****";
    private final Pattern pattern;

    public SecretMask(Collection<String> secrets) {
        List<String> forms = SecretForms.of(secrets);
        pattern = forms.isEmpty()
                ? null
                : Pattern.compile(forms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** The text without secrets; null stays null. */
    public String mask(String text) {
        return pattern == null || text == null
                ? text
                : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
    }
}
