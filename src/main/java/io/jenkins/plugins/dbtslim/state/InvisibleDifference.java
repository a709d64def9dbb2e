package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Differences of two texts that no view of lines shows, and by which dbt calls a node modified all the same. */
final class InvisibleDifference {
    private static final String BOM = "\uFEFF";

    /** How the sentence on line ends begins. */
    static final String LINE_ENDS = "line ends only: ";

    /** One kind of difference, and how to take it out of a text. */
    private record Kind(String name, UnaryOperator<String> without) {}

    private static final Kind ENDS =
            new Kind("line ends", text -> text.replace("\r\n", "\n").replace('\r', '\n'));
    private static final Kind MARK = new Kind("a byte order mark", text -> text.replace(BOM, ""));
    private static final Kind BLANKS = new Kind("blanks at the end of lines", text -> text.replaceAll(
                    "(?<!BLANK)BLANK++(?=\\r?\\n|\\r|$)".replace("BLANK", "[ \\t\\x0B\\f\\u00A0]"), "")
            .stripTrailing());
    private static final Kind FORMS =
            new Kind("Unicode forms of the same characters", text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    private static final List<Kind> ALL = List.of(ENDS, MARK, BLANKS, FORMS);

    private InvisibleDifference() {}

    /** A sentence where the two differ in nothing else; null where something is to be seen, or where they are equal. */
    @CheckForNull
    static String of(String before, String after) {
        if (before == null
                || after == null
                || before.equals(after)
                || !plain(before, null).equals(plain(after, null))) {
            return null;
        }
        List<String> needed = new ArrayList<>();
        for (Kind kind : ALL) {
            if (!plain(before, kind).equals(plain(after, kind))) {
                needed.add(kind.name());
            }
        }
        return needed.equals(List.of(ENDS.name()))
                ? LINE_ENDS + ends(before) + " became " + ends(after)
                : String.join(" and ", needed) + " only: nothing that is to be seen differs";
    }

    private static String plain(String text, Kind kept) {
        String plain = text;
        for (Kind kind : ALL) {
            plain = kind.equals(kept) ? plain : kind.without().apply(plain);
        }
        return plain;
    }

    private static String ends(String text) {
        int crlf = count(text, "\r\n");
        int cr = count(text, "\r") - crlf;
        int lf = count(text, "\n") - crlf;
        List<String> names = new ArrayList<>();
        if (crlf > 0) {
            names.add("CRLF");
        }
        if (lf > 0) {
            names.add("LF");
        }
        if (cr > 0) {
            names.add("CR");
        }
        return String.join(" and ", names);
    }

    private static int count(String text, String what) {
        int count = 0;
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
            count++;
        }
        return count;
    }
}
