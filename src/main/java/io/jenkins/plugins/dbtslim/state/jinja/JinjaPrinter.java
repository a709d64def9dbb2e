package io.jenkins.plugins.dbtslim.state.jinja;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints an expression again the way dbt 1.12 stores the arguments of {@code config()}. */
final class JinjaPrinter {
    private static final Map<String, String> SIGNS =
            Map.of("eq", "==", "ne", "!=", "lt", "<", "lteq", "<=", "gt", ">", "gteq", ">=", "notin", "not in");

    private JinjaPrinter() {}

    static String source(JinjaNode node) {
        return switch (node.type()) {
            case "Const" -> JinjaNode.repr(node.constant());
            case "Name" -> node.text("name");
            case "Call" -> call(node);
            case "List" -> all(node.list("items"), ", ", "[", "]");
            case "Tuple" ->
                all(node.list("items"), ", ", "(", node.list("items").size() == 1 ? ",)" : ")");
            case "Dict" -> dict(node);
            case "Getattr" -> inner(node, "node") + "." + node.text("attr");
            case "Getitem" -> inner(node, "node") + "[" + inner(node, "arg") + "]";
            case "Concat" -> all(node.list("nodes"), " ~ ", "", "");
            case "Compare" -> compare(node);
            case "Not" -> "not " + inner(node, "node");
            case "Neg" -> "-" + inner(node, "node");
            case "And" -> inner(node, "left") + " and " + inner(node, "right");
            case "Or" -> inner(node, "left") + " or " + inner(node, "right");
            default -> node.repr();
        };
    }

    private static String call(JinjaNode node) {
        if (node.child("dyn_args").isPresent() || node.child("dyn_kwargs").isPresent()) {
            return node.repr();
        }
        Stream<String> arguments = node.list("args").stream().map(JinjaPrinter::source);
        Stream<String> keywords = node.list("kwargs").stream().map(k -> k.text("key") + "=" + inner(k, "value"));
        return inner(node, "node") + Stream.concat(arguments, keywords).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String dict(JinjaNode node) {
        return node.list("items").stream()
                .map(pair -> inner(pair, "key") + ": " + inner(pair, "value"))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String compare(JinjaNode node) {
        StringBuilder text = new StringBuilder(inner(node, "expr"));
        for (JinjaNode operand : node.list("ops")) {
            String op = operand.text("op");
            text.append(' ').append(SIGNS.getOrDefault(op, op)).append(' ').append(inner(operand, "expr"));
        }
        return text.toString();
    }

    private static String inner(JinjaNode node, String field) {
        return source(node.child(field).orElseThrow());
    }

    private static String all(List<JinjaNode> nodes, String between, String before, String after) {
        return nodes.stream().map(JinjaPrinter::source).collect(Collectors.joining(between, before, after));
    }
}
