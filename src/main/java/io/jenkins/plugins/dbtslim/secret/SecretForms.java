package io.jenkins.plugins.dbtslim.secret;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ways in which a secret can show in a text: as it is, line by line, and with each of its characters spelled as
 * URLs (Java's, Python's and JavaScript's ways differ in which characters they leave alone), JSON, XML and HTML, SQL,
 * Python and shells spell it, mixed as they may be; as hexadecimal; as base64 at each of its three offsets, in one line
 * or wrapped. Secrets shorter than {@value #SHORTEST} characters are left alone: masking them would make the log
 * unreadable and tell the secret by its gaps.
 */
public final class SecretForms {
    /** Length in characters below which nothing is masked. */
    public static final int SHORTEST = 4;

    /** Characters of base64 that a wrapped line must hold of a secret to be known by them. */
    private static final int WRAPPED = 8;

    private static final String PADDING = "={0,2}";

    /** Letters and digits in a row that make a text worth a search. */
    private static final int ANCHOR = 3;

    /** Above it, a text such as a whole key is looked for line by line, and as a whole only as it is. */
    private static final int LONG = 512;

    private static final Map<Character, String> ENTITIES =
            Map.of('<', "lt", '>', "gt", '&', "amp", '"', "quot", '\'', "apos");
    private static final Map<Character, String> LETTERS = Map.of('\n', "n", '\r', "r", '\t', "t", '\f', "f", '\b', "b");

    private SecretForms() {}

    /** What finds all forms of all secrets, or null where there is nothing to find. */
    @CheckForNull
    static Pattern pattern(Collection<String> secrets) {
        List<String> parts = parts(secrets);
        return parts.isEmpty()
                ? null
                : Pattern.compile(
                        parts.stream().map(SecretForms::forms).collect(Collectors.joining("|")), Pattern.MULTILINE);
    }

    /** The secrets and their lines, longest first, so that a short one never uncovers the rest of a longer one. */
    private static List<String> parts(Collection<String> secrets) {
        Set<String> parts = new LinkedHashSet<>();
        for (String secret : secrets) {
            parts.add(secret);
            secret.lines().forEach(parts::add);
            secret.lines().map(String::trim).forEach(parts::add);
        }
        return parts.stream()
                .filter(part -> part.strip().length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /**
     * Texts of which each form of a secret holds one as it is, so that a text without any of them need not be searched;
     * or none where a secret has no such part.
     */
    static List<String> anchors(Collection<String> secrets) {
        Set<String> anchors = new LinkedHashSet<>();
        for (String part : parts(secrets)) {
            String run = Arrays.stream(part.split("[^A-Za-z0-9]+"))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            if (run.length() < ANCHOR) {
                return List.of();
            }
            anchors.add(run);
            if (part.length() <= LONG) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                String hex = HexFormat.of().formatHex(bytes, 0, ANCHOR);
                anchors.add(hex);
                anchors.add(hex.toUpperCase(Locale.ROOT));
                for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                    for (int shift = 0; shift < 3; shift++) {
                        String text = base64(bytes, shift, encoder.withoutPadding());
                        if (text.length() >= WRAPPED) {
                            anchors.add(text.substring(0, WRAPPED));
                            anchors.add(text.substring(text.length() - WRAPPED));
                        }
                    }
                    anchors.add(encoder.withoutPadding().encodeToString(bytes));
                }
            }
        }
        return List.copyOf(anchors);
    }

    private static String forms(String secret) {
        if (secret.length() > LONG) {
            return Pattern.quote(secret);
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret.codePoints().mapToObj(SecretForms::spellings).collect(Collectors.joining()));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add("(?i:" + HexFormat.of().formatHex(bytes) + ")");
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(Pattern.quote(encoder.withoutPadding().encodeToString(bytes)) + PADDING);
            for (int shift = 0; shift < 3; shift++) {
                String text = base64(bytes, shift, encoder.withoutPadding());
                // One group of the secret alone would be four characters that any text may have.
                if (text.length() >= WRAPPED) {
                    forms.add(whole(bytes, shift, text, encoder.withoutPadding()));
                    forms.add(wrapped(text));
                }
            }
        }
        return String.join("|", forms);
    }

    /** Each way to write one character; a backslash may stand before what is no letter or digit. */
    private static String spellings(int point) {
        String plain = new String(Character.toChars(point));
        StringBuilder ways = new StringBuilder("(?:");
        boolean bare = point < 128 && Character.isLetterOrDigit(point);
        ways.append(bare ? "" : "\\\\{0,3}").append(Pattern.quote(plain));
        if (point == '\'') {
            ways.append("|''|'\\\\''|'\"'\"'");
        } else if (point == '"') {
            ways.append("|\"\"");
        } else if (point == '$') {
            ways.append("|\\$\\$");
        } else if (point == '%') {
            ways.append("|%%");
        } else if (point == '\\') {
            ways.append("|\\\\{3,4}");
        } else if (point == ' ') {
            ways.append("|\\+");
        }
        char unit = plain.charAt(0);
        if (LETTERS.containsKey(unit)) {
            ways.append("|\\\\{1,2}").append(LETTERS.get(unit));
        }
        if (ENTITIES.containsKey(unit)) {
            ways.append("|&").append(ENTITIES.get(unit)).append(';');
        }
        if (!bare) {
            ways.append("|(?i:").append(percent(plain)).append('|').append(unicode(plain));
            if (point >= 128) {
                ways.append('|')
                        .append(bytes(plain))
                        .append("|\\\\{1,2}U")
                        .append(HexFormat.of().toHexDigits(point));
            }
            ways.append("|&#0{0,4}").append(point).append(";|&#x0{0,4}").append(Integer.toHexString(point));
            ways.append(";)");
        }
        return ways.append(')').toString();
    }

    private static String percent(String plain) {
        StringBuilder bytes = new StringBuilder();
        for (byte one : plain.getBytes(StandardCharsets.UTF_8)) {
            bytes.append("%(?:25)?").append(HexFormat.of().toHexDigits(one));
        }
        return bytes.toString();
    }

    /** As Python shows bytes. */
    private static String bytes(String plain) {
        StringBuilder bytes = new StringBuilder();
        for (byte one : plain.getBytes(StandardCharsets.UTF_8)) {
            bytes.append("\\\\{1,2}x").append(HexFormat.of().toHexDigits(one));
        }
        return bytes.toString();
    }

    private static String unicode(String plain) {
        StringBuilder units = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char unit = plain.charAt(i);
            String four = HexFormat.of().toHexDigits(unit);
            units.append("\\\\{1,2}(?:u").append(four);
            if (unit < 256) {
                units.append("|x").append(four, 2, 4);
            }
            units.append(')');
        }
        return units.toString();
    }

    /** Whatever stands before the secret shifts its base64 by one or two bytes; the outer characters then differ. */
    private static String base64(byte[] secret, int shift, Base64.Encoder encoder) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        String text = encoder.encodeToString(Arrays.copyOf(shifted, shifted.length / 3 * 3));
        return shift == 0 ? text : text.length() > 4 ? text.substring(4) : "";
    }

    /** With the characters at both ends that hold a part of the secret, as in the base64 of {@code user:secret}. */
    private static String whole(byte[] secret, int shift, String text, Base64.Encoder encoder) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        String all = encoder.encodeToString(shifted);
        String head = shift == 0
                ? ""
                : "(?:[A-Za-z0-9+/_-]{" + (shift + 1) + "}" + Pattern.quote(all.substring(shift + 1, 4)) + ")?";
        int end = (shift == 0 ? 0 : 4) + text.length();
        String tail = end == all.length() ? "" : "(?:" + Pattern.quote(all.substring(end)) + PADDING + ")?";
        return head + Pattern.quote(text) + tail;
    }

    /** The whole, or what one line holds of it where the text is wrapped. */
    private static String wrapped(String base64) {
        StringBuilder ways = new StringBuilder(Pattern.quote(base64));
        if (base64.length() > WRAPPED && base64.length() <= LONG) {
            ways.append("|").append(Pattern.quote(base64.substring(0, WRAPPED)));
            for (int i = WRAPPED; i < base64.length(); i++) {
                ways.append("(?:").append(Pattern.quote(base64.substring(i, i + 1)));
            }
            ways.append(")?".repeat(base64.length() - WRAPPED)).append("(?=\\r?$|\\\\n)");
            ways.append("|(?:^|(?<=\\\\n))(?:");
            for (int i = 1; i <= base64.length() - WRAPPED; i++) {
                ways.append(i == 1 ? "" : "|").append(Pattern.quote(base64.substring(i)));
            }
            ways.append(")");
        }
        return ways.toString();
    }
}
