package io.jenkins.plugins.dbtslim.selection;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** File name patterns of Python's fnmatch, case-sensitive: {@code * ? [seq] [!seq]}. */
final class Wildcard {

    private Wildcard() {}

    /** Whether a text holds a character that has a meaning in a pattern. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[]".indexOf(c) >= 0);
    }

    static Predicate<String> of(String pattern) {
        if (pattern.equals("*")) {
            return text -> true;
        }
        if (!isPattern(pattern)) {
            return pattern::equals;
        }
        return Pattern.compile(regex(pattern), Pattern.DOTALL).asMatchPredicate();
    }

    /** A star between two others takes as little as it can and never tries again: that stays fast and is exact. */
    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        boolean atomic = false;
        int at = 0;
        int lastStar = lastStar(pattern);
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '*') {
                if (atomic) {
                    regex.append(')');
                }
                atomic = at != lastStar;
                regex.append(atomic ? "(?>.*?" : ".*");
                while (at < pattern.length() && pattern.charAt(at) == '*') {
                    at++;
                }
                continue;
            }
            at = one(pattern, at, regex);
        }
        return regex.toString();
    }

    /** Where the last run of stars begins. */
    private static int lastStar(String pattern) {
        int last = -1;
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.charAt(at) == '*') {
                last = at;
                while (at < pattern.length() && pattern.charAt(at) == '*') {
                    at++;
                }
            } else {
                at = one(pattern, at, new StringBuilder());
            }
        }
        return last;
    }

    /** Appends the pattern of one character and gives the place behind it. */
    private static int one(String pattern, int at, StringBuilder regex) {
        char c = pattern.charAt(at);
        if (c == '?') {
            regex.append('.');
            return at + 1;
        }
        int end = c == '[' ? endOfClass(pattern, at) : -1;
        if (end < 0) {
            regex.append(Pattern.quote(String.valueOf(c)));
            return at + 1;
        }
        characterClass(pattern.substring(at + 1, end), regex);
        return end + 1;
    }

    private static int endOfClass(String pattern, int at) {
        int from = at + 1;
        if (from < pattern.length() && pattern.charAt(from) == '!') {
            from++;
        }
        if (from < pattern.length() && pattern.charAt(from) == ']') {
            from++;
        }
        return pattern.indexOf(']', from);
    }

    private static void characterClass(String content, StringBuilder regex) {
        boolean negated = content.startsWith("!");
        String set = negated ? content.substring(1) : content;
        StringBuilder ranges = new StringBuilder();
        int i = 0;
        while (i < set.length()) {
            char c = set.charAt(i);
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            if (range && c <= set.charAt(i + 2)) {
                ranges.append(escaped(c)).append('-').append(escaped(set.charAt(i + 2)));
            } else if (!range) {
                ranges.append(escaped(c));
            }
            i += range ? 3 : 1;
        }
        if (ranges.isEmpty()) {
            regex.append(negated ? "." : "(?!)");
        } else {
            regex.append(negated ? "[^" : "[").append(ranges).append(']');
        }
    }

    private static String escaped(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
    }
}
