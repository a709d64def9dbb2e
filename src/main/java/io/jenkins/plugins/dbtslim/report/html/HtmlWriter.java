package io.jenkins.plugins.dbtslim.report.html;

import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes HTML that is well-formed XML too, and safe by construction: whatever is not a tag or attribute name of ours is
 * escaped, there is no way to write raw text, and attributes that could run or load something are refused or checked.
 *
 * <p>Characters that hide or reorder text (bidirectional and other format controls, control characters) are shown by
 * their code instead, so that a reviewer sees them. A failure of what is written to becomes an {@link UncheckedIOException}.
 */
public final class HtmlWriter {
    /** A longer link is none that a browser surely follows. */
    public static final int LONGEST_LINK = 2000;

    private static final Set<String> EMPTY =
            Set.of("meta", "br", "hr", "input", "col", "path", "rect", "circle", "line");
    private static final Pattern SAFE_LINK =
            Pattern.compile("(?i)https?://[\\p{L}\\p{N}._~:/?#@!$&'()*+,;=%-]+|#[\\w.-]*|[\\w./?=&%+-]*(#[\\w.-]*)?");

    /** In these a tag would end the picture, or be read as text. */
    private static final Set<String> PLAIN = Set.of("svg", "title");

    /** Attributes that may hold words of the project. */
    private static final Set<String> SPOKEN = Set.of("aria-label", "data-folder", "value");

    private final Appendable out;
    private final Deque<String> open = new ArrayDeque<>();

    public HtmlWriter(Appendable out) {
        this.out = out;
    }

    /** Opens an element; attributes come as name, value, name, value, and those whose value is null are left out. */
    public HtmlWriter open(String tag, String... attributes) {
        start(tag, attributes);
        if (EMPTY.contains(tag)) {
            raw("/>");
        } else {
            raw(">");
            open.push(tag);
        }
        return this;
    }

    private void start(String tag, String... attributes) {
        raw("<");
        raw(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                attribute(attributes[i], attributes[i + 1]);
            }
        }
    }

    private void attribute(String name, String value) {
        if (name.startsWith("on") || name.equals("style") || name.startsWith("src")) {
            throw new IllegalArgumentException("Attribute " + name + " is not for reports.");
        }
        raw(" ");
        raw(name);
        raw("=\"");
        if (name.equals("href")) {
            if (!isSafeLink(value)) {
                throw new IllegalArgumentException("Not a link that may be written; ask isSafeLink first.");
            }
            escape(value, false);
        } else {
            escape(SPOKEN.contains(name) ? DisplayText.cut(value, DisplayText.SHOWN) : value, false);
        }
        raw("\"");
    }

    /**
     * Whether a link leads to the web, to a place of this page, or beside it; not {@code javascript:}, {@code data:} or
     * any other scheme.
     */
    public static boolean isSafeLink(String link) {
        return link != null
                && link.length() <= LONGEST_LINK
                && SAFE_LINK.matcher(link).matches()
                && !link.startsWith("//");
    }

    public HtmlWriter close() {
        raw("</");
        raw(open.pop());
        raw(">");
        return this;
    }

    /** Closes elements until (and with) the nearest one of this name. */
    public HtmlWriter close(String tag) {
        String last;
        do {
            last = open.peek();
            close();
        } while (!tag.equals(last));
        return this;
    }

    /** An element that holds nothing but text. */
    public HtmlWriter element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Text, at most {@link DisplayText#SHOWN} characters of it. */
    public HtmlWriter text(String text) {
        if (text != null) {
            escape(DisplayText.cut(text, DisplayText.SHOWN), open.stream().noneMatch(PLAIN::contains));
        }
        return this;
    }

    /** Code or a long message, uncut. */
    public HtmlWriter code(String text) {
        escape(text, true);
        return this;
    }

    public HtmlWriter line() {
        raw("\n");
        return this;
    }

    /** The style sheet or script of ours, which no user can change; only for the page that stands alone. */
    public HtmlWriter ours(String tag, String content, String... attributes) {
        if (content.toLowerCase(Locale.ROOT).contains("</" + tag) || content.contains("<!--")) {
            throw new IllegalArgumentException("Our own " + tag + " would end early.");
        }
        open(tag, attributes);
        raw(content);
        return close();
    }

    public void doctype() {
        raw("<!DOCTYPE html>\n");
    }

    private void escape(String text, boolean marked) {
        int length = text.length();
        int from = 0;
        for (int at = 0; at < length; ) {
            int point = text.codePointAt(at);
            String replacement = replacement(point, marked);
            if (replacement != null) {
                raw(text, from, at);
                raw(replacement);
                from = at + Character.charCount(point);
            }
            at += Character.charCount(point);
        }
        raw(text, from, length);
    }

    private static String replacement(int point, boolean marked) {
        return switch (point) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '\n', '\t' -> null;
            default -> !VisibleText.isHidden(point) ? null : hidden(point, marked);
        };
    }

    private static String hidden(int point, boolean marked) {
        return marked
                ? "<span class=\"dbt-slim-hidden-char\">" + VisibleText.codeOf(point) + "</span>"
                : "[" + VisibleText.codeOf(point) + "]";
    }

    private void raw(String text) {
        raw(text, 0, text.length());
    }

    private void raw(String text, int from, int to) {
        try {
            out.append(text, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
