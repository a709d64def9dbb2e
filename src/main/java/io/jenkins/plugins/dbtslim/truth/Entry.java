package io.jenkins.plugins.dbtslim.truth;

import io.jenkins.plugins.dbtslim.manifest.PendingMark;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One entry of a manifest as the bytes of its fields, which are exchanged and never taken apart. */
final class Entry {
    /** What a build fills in. */
    private static final List<String> OF_A_BUILD =
            List.of("compiled", "compiled_code", "compiled_path", "extra_ctes", "extra_ctes_injected");
    /** Where it is: what was not built is still where it was built last, whatever the project would call it now. */
    private static final List<String> OF_THE_RELATION = List.of("database", "schema", "alias", "relation_name");

    /** Names of dbt before 1.3. */
    private static final Map<String, String> FORMER_NAMES =
            Map.of("raw_sql", "raw_code", "compiled_sql", "compiled_code");

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> fields = new LinkedHashMap<>();

    private Entry() {}

    static Entry of(byte[] bytes) throws IOException {
        Entry entry = new Entry();
        JsonPieces json = new JsonPieces(bytes);
        json.object(key -> {
            JsonPieces.Piece piece = json.skip();
            entry.fields.put(FORMER_NAMES.getOrDefault(key, key), Arrays.copyOfRange(bytes, (int) piece.from(), (int)
                    piece.to()));
        });
        return entry;
    }

    /** Gives it what the build of the former entry filled in: it was not built since. */
    Entry asBuiltAs(Entry former) throws IOException {
        for (String key : OF_A_BUILD) {
            take(key, former);
        }
        for (String key : OF_THE_RELATION) {
            take(key, former);
        }
        takeNotes(former);
        return this;
    }

    /** What the project has now, and vars and environment variables are, need not be what was there when it was built. */
    private void takeNotes(Entry former) throws IOException {
        Entry now = of(fields.getOrDefault("meta", NULL));
        Entry then = of(former.fields.getOrDefault("meta", NULL));
        boolean noted = now.fields
                .keySet()
                .removeIf(note -> note.equals(Resource.CONTENT)
                        || (note.equals(Resource.INPUTS) && then.fields.containsKey(note)));
        for (String note : List.of(Resource.CONTENT, Resource.INPUTS)) {
            if (then.fields.containsKey(note)) {
                now.fields.put(note, then.fields.get(note));
                noted = true;
            }
        }
        if (noted) {
            fields.put("meta", now.bytes());
        }
    }

    private void take(String key, Entry former) {
        byte[] value = former.fields.get(key);
        if (value != null && !Arrays.equals(value, NULL)) {
            fields.put(key, value);
        }
    }

    /**
     * Marks it, so that every dbt finds its node modified.
     *
     * @param marked whether a mark of before lies behind its code
     */
    Entry marked(PendingMark mark, boolean marked) {
        fields.put(
                "checksum",
                ascii("{\"name\": \"" + mark.checksumName() + "\", \"checksum\": \"" + mark.checksum() + "\"}"));
        if (!marked && !is("resource_type", "seed")) {
            byte[] code = fields.get("raw_code");
            byte[] before = code == null || code[0] != '"' ? ascii("\"\"") : code;
            byte[] comment = ascii(mark.comment(is("language", "python")).replace("\n", "\\n") + "\"");
            byte[] after = Arrays.copyOf(before, before.length - 1 + comment.length);
            System.arraycopy(comment, 0, after, before.length - 1, comment.length);
            fields.put("raw_code", after);
        }
        return this;
    }

    /**
     * Gives an entry of an older schema the form of today's, as far as dbt cannot read it otherwise; it does so itself
     * where the whole manifest is of that schema.
     */
    Entry upgraded() throws IOException {
        if (!is("resource_type", "seed")) {
            fields.remove("root_path");
        }
        fields.putIfAbsent("language", ascii("\"sql\""));
        byte[] refs = fields.get("refs");
        if (refs != null
                && new String(refs, StandardCharsets.UTF_8)
                        .replaceAll("\\s", "")
                        .startsWith("[[")) {
            fields.put("refs", ascii("[]"));
        }
        return this;
    }

    private boolean is(String key, String value) {
        byte[] field = fields.get(key);
        return field != null && Arrays.equals(field, ascii("\"" + value + "\""));
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String separator = "{";
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            out.writeBytes(ascii(separator));
            out.writeBytes(JsonText.quoted(field.getKey()));
            out.writeBytes(ascii(": "));
            out.writeBytes(field.getValue());
            separator = ", ";
        }
        out.writeBytes(ascii(fields.isEmpty() ? "{}" : "}"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
