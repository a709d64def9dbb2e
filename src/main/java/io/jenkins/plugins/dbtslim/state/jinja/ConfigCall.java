package io.jenkins.plugins.dbtslim.state.jinja;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keyword arguments of the first {@code config(…)} call in a model's code, read without running anything, as
 * dbt 1.12 does when the state was written by another version.
 */
public final class ConfigCall {
    private ConfigCall() {}

    /** Keyword to source text (strings without quotes); empty when there is no such call or it cannot be read. */
    public static Map<String, Object> arguments(String code) {
        Map<String, Object> found = new LinkedHashMap<>();
        nodes(code).forEach((key, node) -> found.put(key, value(node)));
        return found;
    }

    /** The keywords whose values depend on dbt's target and on nothing else that has a name. */
    public static Set<String> ofTarget(String code) {
        Set<String> found = new HashSet<>();
        nodes(code).forEach((key, node) -> {
            if (node.names().equals(Set.of("target"))) {
                found.add(key);
            }
        });
        return found;
    }

    private static Map<String, JinjaNode> nodes(String code) {
        if (!code.contains("config")) {
            return Map.of();
        }
        try {
            List<JinjaToken> tokens = JinjaLexer.tokens(code);
            for (int i = 0; i + 1 < tokens.size(); i++) {
                if (isConfig(tokens, i)) {
                    return keywords(new JinjaParser(tokens, i).primaryWithPostfix());
                }
            }
            return Map.of();
        } catch (JinjaException unreadable) {
            return Map.of();
        }
    }

    private static boolean isConfig(List<JinjaToken> tokens, int i) {
        if (!tokens.get(i).is(JinjaToken.Kind.NAME, "config")
                || !tokens.get(i + 1).is(JinjaToken.Kind.OPERATOR, "(")) {
            return false;
        }
        JinjaToken before = i == 0 ? null : tokens.get(i - 1);
        if (before == null) {
            return true;
        }
        boolean attribute = before.is(JinjaToken.Kind.OPERATOR, ".") || before.is(JinjaToken.Kind.OPERATOR, "|");
        return !attribute && !before.is(JinjaToken.Kind.NAME, "macro") && !before.is(JinjaToken.Kind.NAME, "is");
    }

    /** The innermost call is the one of config itself; {@code config(…).x} has it further inside. */
    private static Map<String, JinjaNode> keywords(JinjaNode node) {
        Optional<JinjaNode> call = Optional.of(node);
        while (call.isPresent()) {
            JinjaNode at = call.get();
            if (at.type().equals("Call")
                    && at.child("node").filter(n -> n.type().equals("Name")).isPresent()) {
                Map<String, JinjaNode> found = new LinkedHashMap<>();
                for (JinjaNode keyword : at.list("kwargs")) {
                    found.put(keyword.text("key"), keyword.child("value").orElseThrow());
                }
                return found;
            }
            call = at.child("node");
        }
        return Map.of();
    }

    private static Object value(JinjaNode node) {
        return node.constant() instanceof String text ? text : JinjaPrinter.source(node);
    }
}
