package io.jenkins.plugins.dbtslim.secret;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces every form of some secrets in a text by {@code ****}; it travels to agents, is stored nowhere. */
public final class SecretMask implements Serializable {
    private static final long serialVersionUID = 1L;
    /** What names of variables with secrets have in them: those of adapters, of dbt and of cloud keys. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "DBT_ENV_SECRET_.*|PGPASSWORD"
                    + "|(?:.*_)?(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|(?:API|PRIVATE|ACCESS|ACCOUNT|STORAGE|SECRET)_?KEY)(?:_?\\d+)?");

    private static final String STARS = "****";
    /** Characters that a form may have at the most, as far as an unfinished text is concerned. */
    private static final int LONGEST = 16 * 1024;

    private final Pattern pattern;
    private final ArrayList<String> anchors;

    public SecretMask(Collection<String> secrets) {
        pattern = SecretForms.pattern(secrets);
        anchors = new ArrayList<>(SecretForms.anchors(secrets));
    }

    /** Whether a variable of that name is taken for a secret, such as {@code SNOWFLAKE_PASSWORD}. */
    public static boolean isSecretName(String variable) {
        return SECRET_NAME.matcher(variable.toUpperCase(Locale.ROOT)).matches();
    }

    /** The names of the variables of an environment that are taken for secrets. */
    public static List<String> secretNames(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(SecretMask::isSecretName)
                .sorted()
                .toList();
    }

    /** Hides the values of the variables of an environment that are taken for secrets. */
    public static SecretMask ofEnvironment(Map<String, String> environment) {
        return new SecretMask(
                secretNames(environment).stream().map(environment::get).toList());
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
