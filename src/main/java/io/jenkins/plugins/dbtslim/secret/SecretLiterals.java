package io.jenkins.plugins.dbtslim.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms that are looked for in files: as it is, line by line, URL-encoded, base64 at each of its three
 * offsets, escaped for JSON and quoted for a shell. Forms shorter than four characters are left alone:
 * masking them would make the log unreadable and tell the secret by its gaps.
 */
final class SecretLiterals {
    /** Length in characters below which nothing is masked. */
    private static final int SHORTEST = 4;

    private SecretLiterals() {}

    /** All forms of all secrets, longest first, so that a short one never uncovers the rest of a longer one. */
    static List<String> of(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            addForms(secret, forms);
            secret.lines().forEach(line -> addForms(line, forms));
            secret.lines().map(String::trim).forEach(line -> addForms(line, forms));
        }
        return forms.stream()
                .filter(form -> form.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static void addForms(String secret, Set<String> forms) {
        if (secret.strip().length() < SHORTEST) {
            return;
        }
        forms.add(secret);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(json(secret, false));
        forms.add(json(secret, true));
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("'", "'\"'\"'"));
        forms.add(secret.replaceAll("([^A-Za-z0-9_.@%+=:,/-])", "\\\\$1"));
        forms.add(secret.replace("\\", "\\\\").replace("'", "\\'"));
        forms.add(secret.replace("$", "$$"));
        addBase64(secret.getBytes(StandardCharsets.UTF_8), forms);
    }

    static String json(String secret, boolean ascii) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.toString();
    }

    /** Whatever stands before the secret shifts its base64 by one or two bytes; the outer characters then differ. */
    private static void addBase64(byte[] secret, Set<String> forms) {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            Base64.Encoder plain = encoder.withoutPadding();
            for (int shift = 0; shift < 3; shift++) {
                byte[] shifted = new byte[shift + secret.length];
                System.arraycopy(secret, 0, shifted, shift, secret.length);
                int whole = shifted.length / 3 * 3;
                String text = plain.encodeToString(Arrays.copyOf(shifted, whole));
                String inner = shift == 0 ? text : text.length() > 4 ? text.substring(4) : "";
                // One group of the secret alone would be four characters that any text may have.
                if (inner.length() >= 8) {
                    forms.add(inner);
                }
            }
            forms.add(plain.encodeToString(secret));
        }
    }
}
