package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.TextDiff;
import io.jenkins.plugins.dbtslim.report.html.HtmlWriter;
import io.jenkins.plugins.dbtslim.report.html.ReportMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The difference of two texts as HTML that the style sheet shows either one below the other (unified) or side by side:
 * each part is a pair of columns. Words that differ within a line are marked.
 */
final class DiffView {
    private static final int CONTEXT = 3;
    private static final int LONGEST_LINE = 2000;
    /** Below this share of equal characters two lines are two lines, not one that was edited. */
    private static final double ALIKE = 0.4;

    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

    private final HtmlWriter html;

    DiffView(HtmlWriter html) {
        this.html = html;
    }

    void write(ReportText before, ReportText after) {
        List<String> old = TextDiff.lines(before == null ? null : before.text());
        List<String> now = TextDiff.lines(after == null ? null : after.text());
        html.open("div", "class", "dbt-slim-diff", "dir", "ltr", "translate", "no");
        List<TextDiff.Chunk> chunks = TextDiff.of(old, now);
        for (int i = 0; i < chunks.size(); i++) {
            TextDiff.Chunk chunk = chunks.get(i);
            if (chunk.equal()) {
                same(old, now, chunk, i == 0, i == chunks.size() - 1);
            } else {
                replaced(old, now, chunk);
            }
        }
        html.close();
        cutNote(before);
        if (before == null || after == null || after.omitted() != before.omitted()) {
            cutNote(after);
        }
    }

    /** A text without a counterpart, such as the compiled SQL of a failed node. */
    void single(ReportText text) {
        List<String> lines = TextDiff.lines(text.text());
        html.open("div", "class", "dbt-slim-diff dbt-slim-code", "dir", "ltr", "translate", "no");
        html.open("div", "class", "dbt-slim-hunk").open("div", "class", "dbt-slim-new");
        for (int i = 0; i < lines.size(); i++) {
            line(null, i, lines.get(i));
        }
        html.close().close().close();
        cutNote(text);
    }

    private void cutNote(ReportText text) {
        if (text != null && text.omitted() > 0) {
            html.element("p", ReportMessages.get("diff.cut", text.omitted()), "class", "dbt-slim-note");
        }
    }

    private void same(List<String> old, List<String> now, TextDiff.Chunk chunk, boolean first, boolean last) {
        int length = chunk.afterEnd() - chunk.afterStart();
        int head = first ? 0 : Math.min(CONTEXT, length);
        int tail = last ? 0 : Math.min(CONTEXT, length - head);
        int hidden = length - head - tail;
        if (hidden == 1) {
            head = last ? head + 1 : head;
            tail = last ? tail : tail + 1;
            hidden = 0;
        }
        context(old, now, chunk, 0, head);
        if (hidden > 0) {
            html.element("div", ReportMessages.get("diff.unchanged", hidden), "class", "dbt-slim-skip");
        }
        context(old, now, chunk, length - tail, length);
    }

    private void context(List<String> old, List<String> now, TextDiff.Chunk chunk, int from, int to) {
        if (from == to) {
            return;
        }
        html.open("div", "class", "dbt-slim-hunk dbt-slim-same").open("div", "class", "dbt-slim-old");
        for (int i = from; i < to; i++) {
            line(null, chunk.beforeStart() + i, old.get(chunk.beforeStart() + i));
        }
        html.close().open("div", "class", "dbt-slim-new");
        for (int i = from; i < to; i++) {
            line(chunk.beforeStart() + i, chunk.afterStart() + i, now.get(chunk.afterStart() + i));
        }
        html.close().close();
    }

    /**
     * One line.
     *
     * @param before its place in the former text, for where both numbers stand beside each other; or null
     */
    private void line(Integer before, int index, String text) {
        html.open("div");
        if (before != null) {
            html.element("i", Integer.toString(before + 1), "class", "dbt-slim-of-old");
        }
        html.element("i", Integer.toString(index + 1)).open("span");
        html.code(DisplayText.cut(text, LONGEST_LINE));
        html.close().close();
    }

    private void replaced(List<String> old, List<String> now, TextDiff.Chunk chunk) {
        int removed = chunk.beforeEnd() - chunk.beforeStart();
        int added = chunk.afterEnd() - chunk.afterStart();
        List<WordDiff> words = new ArrayList<>();
        for (int i = 0; i < Math.min(removed, added); i++) {
            words.add(WordDiff.of(old.get(chunk.beforeStart() + i), now.get(chunk.afterStart() + i)));
        }
        html.open("div", "class", "dbt-slim-hunk").open("div", "class", "dbt-slim-old");
        for (int i = 0; i < removed; i++) {
            int index = chunk.beforeStart() + i;
            changed("del", index, old.get(index), i < words.size() ? words.get(i) : null);
        }
        html.close().open("div", "class", "dbt-slim-new");
        for (int i = 0; i < added; i++) {
            int index = chunk.afterStart() + i;
            changed("ins", index, now.get(index), i < words.size() ? words.get(i) : null);
        }
        html.close().close();
    }

    private void changed(String tag, int index, String text, WordDiff words) {
        html.open("div").element("i", Integer.toString(index + 1)).open(tag);
        if (words == null || !words.alike() || text.length() > LONGEST_LINE) {
            html.code(DisplayText.cut(text, LONGEST_LINE));
        } else {
            boolean isOld = tag.equals("del");
            List<String> tokens = isOld ? words.before : words.after;
            for (TextDiff.Chunk chunk : words.chunks) {
                int from = isOld ? chunk.beforeStart() : chunk.afterStart();
                int to = isOld ? chunk.beforeEnd() : chunk.afterEnd();
                String part = String.join("", tokens.subList(from, to));
                if (chunk.equal()) {
                    html.code(part);
                } else if (!part.isEmpty()) {
                    html.open("b").code(part).close();
                }
            }
        }
        html.close().close();
    }

    /** Two lines by words. */
    private record WordDiff(List<String> before, List<String> after, List<TextDiff.Chunk> chunks) {
        static WordDiff of(String before, String after) {
            if (before.length() > LONGEST_LINE || after.length() > LONGEST_LINE) {
                return new WordDiff(List.of(), List.of(), List.of());
            }
            List<String> old = words(before);
            List<String> now = words(after);
            return new WordDiff(old, now, TextDiff.of(old, now));
        }

        private static List<String> words(String line) {
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(line);
            while (matcher.find()) {
                words.add(matcher.group());
            }
            return words;
        }

        boolean alike() {
            int equal = 0;
            for (TextDiff.Chunk chunk : chunks) {
                for (String word :
                        chunk.equal() ? before.subList(chunk.beforeStart(), chunk.beforeEnd()) : List.<String>of()) {
                    equal += word.isBlank() ? 0 : word.length();
                }
            }
            int longer = Math.max(length(before), length(after));
            return longer > 0 && equal >= ALIKE * longer;
        }

        private static int length(List<String> words) {
            return words.stream()
                    .filter(word -> !word.isBlank())
                    .mapToInt(String::length)
                    .sum();
        }
    }
}
