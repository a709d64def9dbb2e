package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import io.jenkins.plugins.dbtslim.selection.Spec.Group;
import io.jenkins.plugins.dbtslim.selection.Spec.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of dbt's {@code --select}: words are united, parts between commas intersected. */
public final class SelectorParser {
    private static final Pattern CRITERION = Pattern.compile(
            "(?<at>@)?(?<parents>(?<ancestors>\\d{0,9})\\+)?((?<method>[\\w.]+):)?(?<value>.*?)"
                    + "(?<children>\\+(?<descendants>\\d{0,9}))?",
            Pattern.UNICODE_CHARACTER_CLASS);

    private SelectorParser() {}

    /**
     * Checks one {@code --select} or {@code --exclude} as a form would: only what needs no manifest.
     *
     * @throws SelectionException one sentence that names what is wrong
     */
    public static void check(String expression) throws SelectionException {
        union(List.of(expression), IndirectSelection.EAGER);
        for (String word : expression.split(" ", -1)) {
            for (String part : word.split(",", -1)) {
                Methods.check(criterion(part, IndirectSelection.EAGER));
            }
        }
    }

    /** The union of all words of several options. */
    static Group union(List<String> expressions, IndirectSelection mode) throws SelectionException {
        return union(expressions, mode, true);
    }

    static Group union(List<String> expressions, IndirectSelection mode, boolean warns) throws SelectionException {
        List<Spec> words = new ArrayList<>();
        for (String expression : expressions) {
            for (String word : expression.split(" ", -1)) {
                List<Spec> parts = new ArrayList<>();
                for (String part : word.split(",", -1)) {
                    parts.add(criterion(part, mode));
                }
                words.add(new Group(Operation.INTERSECTION, parts, mode, warns ? word : null));
            }
        }
        return new Group(Operation.UNION, words, mode, null);
    }

    /** One criterion. */
    static Criterion criterion(String text, IndirectSelection mode) throws SelectionException {
        Matcher matcher = CRITERION.matcher(text);
        if (!matcher.matches()) {
            throw new SelectionException(
                    "DbtRuntimeError",
                    "\"" + text + "\" is no selector: it is a name, a path or method:value, with + or @ around it");
        }
        boolean at = matcher.group("at") != null;
        boolean children = matcher.group("children") != null;
        if (at && children) {
            throw new SelectionException(
                    "DbtRuntimeError", "\"" + text + "\": @ before and + behind a selector exclude each other");
        }
        String value = matcher.group("value");
        List<String> method = matcher.group("method") == null
                ? List.of(methodOf(value))
                : Arrays.asList(matcher.group("method").split("\\.", -1));
        return new Criterion(
                text,
                method.get(0),
                method.subList(1, method.size()),
                value,
                depth(matcher.group("parents") != null, matcher.group("ancestors")),
                depth(children, matcher.group("descendants")),
                at,
                mode);
    }

    private static int depth(boolean given, String digits) {
        if (!given) {
            return 0;
        }
        return digits.isEmpty() ? Criterion.ALL : Integer.parseInt(digits);
    }

    /** What dbt takes a value without method for. */
    static String methodOf(String value) {
        if (value.indexOf('/') >= 0) {
            return "path";
        }
        String lower = value.toLowerCase(Locale.ROOT);
        boolean file = lower.endsWith(".sql") || lower.endsWith(".py") || lower.endsWith(".csv");
        return file ? "file" : "fqn";
    }
}
