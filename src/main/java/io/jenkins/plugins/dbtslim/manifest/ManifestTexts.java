package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The second pass over a manifest: texts of chosen resources and macros, which the index does not keep. */
public final class ManifestTexts {
    /** Characters of one text that {@link #read} keeps. */
    public static final int LONGEST_TEXT = 1 << 20;

    private final ValueReader json;
    private final TextReader reader;
    private final Predicate<String> wanted;
    private final Consumer<ResourceText> sink;
    private int missing;

    private ManifestTexts(
            ValueReader json, TextReader reader, Predicate<String> wanted, int missing, Consumer<ResourceText> sink) {
        this.json = json;
        this.reader = reader;
        this.wanted = wanted;
        this.missing = missing;
        this.sink = sink;
    }

    /**
     * Reads the texts of some resources and macros; the pass ends with the last of them.
     *
     * @param ids unique_ids; those that the file has not are not in the answer
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static Map<String, ResourceText> read(Path file, Set<String> ids) throws ManifestException {
        Map<String, ResourceText> texts = new HashMap<>();
        if (!ids.isEmpty()) {
            pass(file, ids::contains, ids.size(), LONGEST_TEXT, text -> texts.put(text.uniqueId(), text));
        }
        return texts;
    }

    /**
     * Shows whole texts one after the other, without keeping them.
     *
     * @throws ManifestException one sentence with the file, what is wrong, and where
     */
    public static void visit(Path file, Predicate<String> wanted, Consumer<ResourceText> sink)
            throws ManifestException {
        pass(file, wanted, Integer.MAX_VALUE, Integer.MAX_VALUE, sink);
    }

    private static void pass(Path file, Predicate<String> wanted, int count, int longest, Consumer<ResourceText> sink)
            throws ManifestException {
        ReadLimits limits = ReadLimits.defaults();
        // What is kept here is the caller's.
        ReadLimits all = new ReadLimits(limits.depth(), limits.valueBytes(), Long.MAX_VALUE, limits.fileBytes());
        ManifestInput.read(file, all, json -> {
            TextReader reader = new TextReader(json, longest);
            new ManifestTexts(json, reader, wanted, count, sink).sections();
            return null;
        });
    }

    private void sections() throws IOException {
        String key;
        while (missing > 0 && (key = json.nextName()) != null) {
            if (Section.ofKey(key) != null || "macros".equals(key)) {
                entries();
            } else {
                json.skip();
            }
        }
    }

    private void entries() throws IOException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        String id;
        while (missing > 0 && (id = json.nextName()) != null) {
            if (wanted.test(id)) {
                sink.accept(reader.read(id));
                missing--;
            } else {
                json.skip();
            }
        }
    }
}
