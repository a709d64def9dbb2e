package io.jenkins.plugins.dbtslim.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * JSON that is nearly what dbt writes: values of another type, size or depth, names given twice, ids that lead nowhere or in
 * circles, and, now and then, bytes that are no JSON any more. Trees are of maps, lists, texts, numbers and {@link Raw}.
 */
final class JsonMutation {
    private static final List<String> SECTIONS = List.of(
            "nodes",
            "sources",
            "exposures",
            "metrics",
            "semantic_models",
            "saved_queries",
            "unit_tests",
            "functions",
            "macros");
    private static final List<String> FIELDS = List.of(
            "raw_code",
            "macro_sql",
            "alias",
            "relation_name",
            "description",
            "resource_type",
            "checksum",
            "compiled_code",
            "original_file_path",
            "name",
            "fqn",
            "unrendered_config",
            "columns",
            "contract",
            "version",
            "config",
            "depends_on",
            "access",
            "group",
            "unique_id");
    /** Behind a name that is written twice. */
    private static final char TWICE = '\u0001';

    private final Random random;

    JsonMutation(Random random) {
        this.random = random;
    }

    /** Text that is written as it is. */
    record Raw(String text) {}

    /** Leaves some of each section, so that many rounds are possible; what is left may name what is gone. */
    void thin(Map<String, Object> manifest) {
        for (String section : SECTIONS) {
            Map<String, Object> entries = object(manifest.get(section));
            while (entries.size() > 5) {
                entries.remove(any(entries));
            }
        }
    }

    /** Changes some of a manifest's parts. */
    void change(Map<String, Object> manifest) {
        int changes = 1 + (random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(5));
        List<String> ids = ids(manifest);
        for (int i = 0; i < changes; i++) {
            int kind = random.nextInt(12);
            if (kind < 6) {
                changeSomewhere(manifest);
            } else if (kind < 9) {
                changeParents(manifest, ids);
            } else if (kind == 9) {
                copyNode(manifest);
            } else if (kind == 10) {
                Map<String, Object> nodes = object(manifest.get(random.nextBoolean() ? "nodes" : "macros"));
                if (!nodes.isEmpty()) {
                    object(nodes.get(any(nodes))).put(FIELDS.get(random.nextInt(FIELDS.size())), odd());
                }
            } else {
                Map<String, Object> metadata = object(manifest.get("metadata"));
                String name = metadata.isEmpty() ? "dbt_schema_version" : any(metadata);
                if (!name.equals("dbt_schema_version") || random.nextInt(4) == 0) {
                    metadata.put(name, odd());
                }
            }
        }
    }

    /** Changes one part, wherever it is. */
    void changeSomewhere(Object root) {
        Object parent = root;
        Object key = keyOf(parent);
        while (key != null && random.nextInt(5) != 0 && keyOf(child(parent, key)) != null) {
            parent = child(parent, key);
            key = keyOf(parent);
        }
        if (parent instanceof List<?>) {
            List<Object> list = list(parent);
            if (key == null || random.nextBoolean()) {
                list.add(odd());
            } else {
                list.set((Integer) key, odd());
            }
        } else if (parent instanceof Map<?, ?> && key != null) {
            changeField(object(parent), (String) key);
        }
    }

    private void changeField(Map<String, Object> fields, String name) {
        switch (random.nextInt(6)) {
            case 0 -> fields.remove(name);
            case 1 ->
                fields.put(name + TWICE + random.nextInt(1000), random.nextBoolean() ? odd() : copy(fields.get(name)));
            case 2 -> {
                Object value = fields.remove(name);
                fields.put(odd() instanceof String text ? text : "k", value);
            }
            default -> fields.put(name, odd());
        }
    }

    private void changeParents(Map<String, Object> manifest, List<String> ids) {
        Map<String, Object> nodes = object(manifest.get(SECTIONS.get(random.nextInt(SECTIONS.size()))));
        if (nodes.isEmpty()) {
            return;
        }
        String id = any(nodes);
        Map<String, Object> node = object(nodes.get(id));
        Map<String, Object> parents = object(node.get("depends_on"));
        String kind = random.nextBoolean() ? "nodes" : "macros";
        List<Object> list = list(parents.get(kind));
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            list.add(random.nextInt(3) == 0 ? id : ids.get(random.nextInt(ids.size())));
        }
        parents.put(kind, list);
        node.put("depends_on", parents);
        nodes.put(id, node);
    }

    private void copyNode(Map<String, Object> manifest) {
        Map<String, Object> nodes = object(manifest.get(SECTIONS.get(random.nextInt(SECTIONS.size()))));
        if (nodes.isEmpty()) {
            return;
        }
        String id = any(nodes);
        Object node = copy(nodes.get(id));
        String other = random.nextBoolean() ? id + random.nextInt(5) : String.valueOf(odd());
        if (node instanceof Map<?, ?> && random.nextBoolean()) {
            object(node).put("unique_id", other);
        }
        nodes.put(other, node);
    }

    private static List<String> ids(Map<String, Object> manifest) {
        List<String> ids = new ArrayList<>(List.of("model.x.nowhere", ""));
        SECTIONS.forEach(section -> ids.addAll(object(manifest.get(section)).keySet()));
        return ids;
    }

    private String any(Map<String, Object> fields) {
        return fields.keySet().stream()
                .skip(random.nextInt(fields.size()))
                .findFirst()
                .orElseThrow();
    }

    private Object keyOf(Object parent) {
        if (parent instanceof Map<?, ?> fields && !fields.isEmpty()) {
            return any(object(fields));
        }
        return parent instanceof List<?> list && !list.isEmpty() ? random.nextInt(list.size()) : null;
    }

    private static Object child(Object parent, Object key) {
        return parent instanceof Map<?, ?> fields
                ? fields.get(key)
                : list(parent).get((Integer) key);
    }

    /** A value that no dbt writes there. */
    Object odd() {
        return switch (random.nextInt(44)) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> false;
            case 3 -> 0L;
            case 4 -> -1L;
            case 5 -> 1_000_000_000L;
            case 6 -> new Raw("1e999");
            case 7 -> new Raw("-1e-999");
            case 8 -> new Raw("NaN");
            case 9 -> new Raw("Infinity");
            case 10 -> new Raw("-Infinity");
            case 11 -> new Raw("9".repeat(1 + random.nextInt(400)));
            case 12 -> "";
            case 13 -> "\u0000";
            case 14 -> "\ud800";
            case 15 -> "\udc00x";
            case 16 -> "\u202Eevil\u202C";
            case 17 -> "\u001b[31mRED\u001b]0;t\u0007";
            case 18 -> "../../../../etc/passwd";
            case 19 -> "C:\\Windows\\..\\x";
            case 20 -> "<script>alert(1)</script>";
            case 21 -> "a\nb\r\nc";
            case 22 -> "x".repeat(1 + random.nextInt(20_000));
            case 23 -> new ArrayList<>();
            case 24 -> new LinkedHashMap<>();
            case 25 -> nested(1 + random.nextInt(1200), random.nextBoolean());
            case 26 -> new ArrayList<>(Arrays.asList(null, 1L, "x", new ArrayList<>(), new LinkedHashMap<>()));
            case 27 -> "{{ ref('" + "a".repeat(random.nextInt(50)) + "') }}";
            case 28 -> "{% macro x() %}" + "{{".repeat(random.nextInt(500));
            case 29 -> "{% if a %}".repeat(random.nextInt(300)) + "x";
            case 30 -> "{# " + "#".repeat(random.nextInt(2000));
            case 31 -> "{{ config(" + "(".repeat(random.nextInt(3000)) + " }}";
            case 32 -> "{{ " + "a|".repeat(random.nextInt(3000)) + " }}";
            case 33 -> "{{ '" + "\\".repeat(random.nextInt(1000)) + "' }}";
            case 34 -> "{{ " + "not ".repeat(random.nextInt(3000)) + "x }}";
            case 35 -> "{{ " + "[".repeat(random.nextInt(3000)) + " }}";
            case 36 -> "a.".repeat(random.nextInt(1000));
            case 37 -> "model";
            case 38 -> "macro.x.y";
            case 39 -> 3.5;
            case 40 -> Long.MIN_VALUE;
            case 41 -> "\u0085\u2028\ufeff";
            case 42 -> "{{ x " + "+ (x ".repeat(random.nextInt(2000)) + "}}";
            default -> "9999999999999999999999-99-99T99:99:99Z";
        };
    }

    private static Raw nested(int depth, boolean array) {
        return array
                ? new Raw("[".repeat(depth) + "1" + "]".repeat(depth))
                : new Raw("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    /** As bytes, of which a damaged one has some that do not belong there, or lacks some. */
    byte[] bytes(Object tree, boolean damaged) {
        StringBuilder text = new StringBuilder();
        write(text, tree);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; damaged && i < 1 + random.nextInt(6); i++) {
            bytes = damaged(bytes);
        }
        return bytes;
    }

    /** With some bytes that do not belong there, or without some. */
    byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) random.nextInt(256);
                return changed;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, at + 1);
            }
            case 2 -> {
                byte[] more = {(byte) "[]{},:\"\\0e-".charAt(random.nextInt(11)), (byte) random.nextInt(256), ' '};
                return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
            }
            default -> {
                int to = Math.min(bytes.length, at + random.nextInt(300));
                byte[] left =
                        joined(Arrays.copyOf(bytes, at), new byte[0], Arrays.copyOfRange(bytes, to, bytes.length));
                return left.length == 0 ? new byte[] {'{'} : left;
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    private static void write(StringBuilder out, Object value) {
        String before = "";
        if (value instanceof Raw raw) {
            out.append(raw.text());
        } else if (value instanceof Map<?, ?> fields) {
            out.append('{');
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                String name = (String) field.getKey();
                int twice = name.indexOf(TWICE);
                out.append(before);
                writeText(out, twice < 0 ? name : name.substring(0, twice));
                out.append(':');
                write(out, field.getValue());
                before = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (Object element : list) {
                out.append(before);
                write(out, element);
                before = ",";
            }
            out.append(']');
        } else if (value instanceof String text) {
            writeText(out, text);
        } else {
            out.append(value);
        }
    }

    private static void writeText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** The same tree, to be changed. */
    static Object copy(Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> copy.put((String) name, copy(field)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return value instanceof List<?> ? (List<Object>) value : new ArrayList<>();
    }
}
