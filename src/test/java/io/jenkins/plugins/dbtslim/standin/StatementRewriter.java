package io.jenkins.plugins.dbtslim.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the statements of dbt-materialize that PostgreSQL cannot parse into calls of the stand-in's catalog. */
final class StatementRewriter {
    private static final String ID = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";
    private static final String NAME = "(?:" + ID + "\\s*\\.\\s*)*" + ID;
    private static final Pattern ONE_ID = Pattern.compile(ID);
    /** dbt puts a comment before each statement; what is in it is no SQL. */
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*.*?\\*/\\s*)?", Pattern.DOTALL);

    /** A shape of statement, and what becomes of it. */
    private record Rule(Pattern pattern, Function<MatchResult, String> rewriting) {}

    private static final List<Rule> RULES = List.of(
            rule("create\\s+cluster\\s+(" + ID + ")\\s*(\\(.*?\\)|[^;]*)\\s*(?=;|$)", StatementRewriter::createCluster),
            rule(
                    "drop\\s+cluster\\s+(if\\s+exists\\s+)?(" + ID + ")(\\s+cascade)?",
                    m -> "select mz_shim.drop_cluster(" + text(m.group(2)) + ", " + (m.group(1) != null) + ", "
                            + (m.group(3) != null) + ")"),
            rule("alter\\s+(cluster|schema)\\s+(" + ID + ")\\s+swap\\s+with\\s+(" + ID + ")", StatementRewriter::swap),
            rule(
                    "comment\\s+on\\s+cluster\\s+(" + ID + ")\\s+is\\s+('(?:[^']|'')*')",
                    m -> "select mz_shim.comment_cluster(" + text(m.group(1)) + ", " + m.group(2) + ")"),
            rule(
                    "create\\s+replacement\\s+materialized\\s+view\\s+(" + NAME + ")\\s+for\\s+(" + NAME
                            + ")\\s+(.*?);?\\s*$",
                    m -> "create materialized view " + m.group(1) + " " + m.group(3)
                            + "; select mz_shim.check_replacement('" + m.group(1) + "', '" + m.group(2) + "')"),
            rule(
                    "alter\\s+materialized\\s+view\\s+(" + NAME + ")\\s+apply\\s+replacement\\s+(" + NAME + ")",
                    m -> "select mz_shim.apply_replacement('" + m.group(2) + "', '" + m.group(1) + "')"),
            rule(
                    "create\\s+materialized\\s+view\\s+(" + NAME + ")\\s+in\\s+cluster\\s+(" + ID
                            + ")\\s+(?:with\\s*\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)\\s*)?as",
                    m -> "set mz_shim.cluster = " + text(m.group(2)) + "; create materialized view " + m.group(1)
                            + " as"),
            rule(
                    "create\\s+materialized\\s+view\\s+(" + NAME + ")\\s+with\\s*\\([^()]*\\)\\s*as",
                    m -> "create materialized view " + m.group(1) + " as"),
            rule("create\\s+(?:default\\s+)?index\\s+.*?on\\s+" + NAME + "[^;]*;?", m -> "select 'CREATE INDEX'"),
            rule(
                    "create\\s+sink\\s+(" + NAME + ")\\s+(?:in\\s+cluster\\s+(" + ID + ")\\s+)?from\\s+(" + NAME
                            + ")[^;]*",
                    m -> "select mz_shim.create_sink(" + parts(m.group(1)) + ", " + text(m.group(2)) + ", "
                            + text(m.group(3)) + ")"),
            rule(
                    "alter\\s+sink\\s+(" + NAME + ")\\s+set\\s+from\\s+(" + NAME + ")",
                    m -> "select mz_shim.alter_sink(" + parts(m.group(1)) + ", " + text(m.group(2)) + ")"),
            rule(
                    "drop\\s+sink\\s+if\\s+exists\\s+(" + NAME + ")(\\s+cascade)?",
                    m -> "select mz_shim.drop_sink(" + parts(m.group(1)) + ")"),
            rule(
                    "^\\s*set\\s+cluster\\s*=\\s*(" + ID + ")",
                    m -> "select mz_shim.use_cluster(" + text(m.group(1)) + ")"),
            rule("(?:" + ID + "\\s*\\.\\s*)?\\binformation_schema\\.columns\\b", m -> "mz_shim.columns"),
            rule("\\bcurrent_user\\(\\)", m -> "current_user"),
            rule("(mz_internal\\.mz_aclexplode\\([\\w.]+\\))\\.\\*", m -> "(" + m.group(1) + ").*"));

    private StatementRewriter() {}

    private static Rule rule(String pattern, Function<MatchResult, String> rewriting) {
        return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), rewriting);
    }

    /** What PostgreSQL is to get instead; the same text where nothing is special to Materialize. */
    static String rewrite(String sql) {
        Matcher comment = COMMENT.matcher(sql);
        int start = comment.lookingAt() ? comment.end() : 0;
        String body = sql.substring(start);
        for (Rule rule : RULES) {
            body = rule.pattern()
                    .matcher(body)
                    .replaceAll(m -> Matcher.quoteReplacement(rule.rewriting().apply(m)));
        }
        return sql.substring(0, start) + body;
    }

    private static String createCluster(MatchResult m) {
        Matcher size = Pattern.compile("(?i)size\\s*=?\\s*('[^']*')").matcher(m.group(2));
        Matcher replicas =
                Pattern.compile("(?i)replication factor\\s*=?\\s*(\\d+)").matcher(m.group(2));
        return "select mz_shim.create_cluster(" + text(m.group(1)) + ", " + (size.find() ? size.group(1) : "'25cc'")
                + ", " + (replicas.find() ? replicas.group(1) : "1") + ")";
    }

    private static String swap(MatchResult m) {
        return "do $mz$ begin perform mz_shim.swap_" + m.group(1).toLowerCase(Locale.ROOT) + "(" + text(m.group(2))
                + ", " + text(m.group(3)) + "); end $mz$";
    }

    /** An identifier as a text, by SQL's rule for quotes and capitals. */
    private static String text(String id) {
        if (id == null) {
            return "null";
        }
        String name = id.strip();
        boolean quoted = name.startsWith("\"") && ONE_ID.matcher(name).matches();
        name = quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name.toLowerCase(Locale.ROOT);
        return "'" + name.replace("'", "''") + "'";
    }

    /** Database, schema and name as three texts. */
    private static String parts(String name) {
        List<String> parts = new ArrayList<>();
        ONE_ID.matcher(name).results().forEach(part -> parts.add(text(part.group())));
        while (parts.size() < 3) {
            parts.add(0, "null");
        }
        return String.join(", ", parts);
    }
}
