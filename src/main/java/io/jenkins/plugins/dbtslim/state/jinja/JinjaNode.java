package io.jenkins.plugins.dbtslim.state.jinja;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node of Jinja's syntax tree, with the class and field names of Jinja itself, because dbt falls back to its printed
 * form.
 *
 * @param type class of the node, such as {@code Call}
 * @param fields in Jinja's order: JinjaNode, List of JinjaNode, or a constant (String, Boolean, Number, null)
 */
record JinjaNode(String type, Map<String, Object> fields) {
    /** A node of alternating names and values of fields. */
    static JinjaNode of(String type, Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new JinjaNode(type, fields);
    }

    static JinjaNode constant(Object value) {
        return of("Const", "value", value);
    }

    /** The value of a constant; null for all else. */
    Object constant() {
        return type.equals("Const") ? fields.get("value") : null;
    }

    Optional<JinjaNode> child(String field) {
        return fields.get(field) instanceof JinjaNode node ? Optional.of(node) : Optional.empty();
    }

    List<JinjaNode> list(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream().map(JinjaNode.class::cast).toList()
                : List.of();
    }

    String text(String field) {
        return (String) fields.get(field);
    }

    /** All names in it, but for those of attributes. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        if (type.equals("Name")) {
            names.add(text("name"));
        }
        fields.forEach((field, value) -> {
            child(field).ifPresent(node -> names.addAll(node.names()));
            list(field).forEach(node -> names.addAll(node.names()));
        });
        return names;
    }

    /** As Python prints it. */
    String repr() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + repr(field.getValue()))
                .collect(Collectors.joining(", ", type + "(", ")"));
    }

    /** A constant, node or list as Python prints it. */
    static String repr(Object value) {
        if (value instanceof JinjaNode node) {
            return node.repr();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JinjaNode::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof String text) {
            return PythonText.repr(text);
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Double number) {
            return PythonText.repr(number);
        }
        return value == null ? "None" : value.toString();
    }
}
