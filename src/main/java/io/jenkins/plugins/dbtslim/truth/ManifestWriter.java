package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.PendingMark;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.truth.JsonPieces.Piece;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a manifest of what stands in two others: the current one, in its order, and the entries of the former one. */
final class ManifestWriter {
    /** The schema since which nodes have their form of today. */
    private static final int SCHEMA = 12;

    private final Manifest project;
    private final ManifestFile current;
    private final Manifest then;
    private final ManifestFile former;
    private final Map<String, Fate> fates;
    private final Map<String, PendingMark> marks;
    private final OutputStream out;

    /**
     * A writer of one manifest.
     *
     * @param then the index of the former manifest, or null; likewise the file
     * @param marks of those whose fate is to be pending
     */
    ManifestWriter(
            Manifest project,
            ManifestFile current,
            @CheckForNull Manifest then,
            ManifestFile former,
            Map<String, Fate> fates,
            Map<String, PendingMark> marks,
            OutputStream out) {
        this.project = project;
        this.current = current;
        this.then = then;
        this.former = former;
        this.fates = fates;
        this.marks = marks;
        this.out = out;
    }

    void write() throws IOException {
        String separator = "{";
        for (Map.Entry<String, Piece> part : current.parts().entrySet()) {
            text(separator);
            key(part.getKey());
            part(part.getKey(), part.getValue());
            separator = ", ";
        }
        text("}");
    }

    private void part(String key, Piece piece) throws IOException {
        if (piece == null) {
            section(key);
        } else if (key.equals("parent_map") && isMap(piece)) {
            edges(parents());
        } else if (key.equals("child_map") && isMap(piece)) {
            edges(children());
        } else {
            current.copy(piece, out);
        }
    }

    /** Older manifests have null in place of it. */
    private static boolean isMap(Piece piece) {
        return piece.length() != "null".length();
    }

    private void section(String key) throws IOException {
        String separator = "";
        text("{");
        for (Resource resource : project.resources()) {
            if (resource.section().key().equals(key) && stands(resource)) {
                text(separator);
                key(resource.uniqueId());
                out.write(entry(resource.section(), resource.uniqueId()));
                separator = ", ";
            }
        }
        text("}");
    }

    private byte[] entry(Section section, String id) throws IOException {
        byte[] now = current.entry(section, id);
        switch (fates.get(id).kind()) {
            case PENDING -> {
                Resource old = then.resource(id);
                return before(old).marked(marks.get(id), old.pending() != null).bytes();
            }
            case UNCHANGED -> {
                return section == Section.UNIT_TESTS
                        ? now
                        : Entry.of(now).asBuiltAs(before(then.resource(id))).bytes();
            }
            default -> {
                return now;
            }
        }
    }

    private Entry before(Resource old) throws IOException {
        byte[] bytes = former.entry(old.section(), old.uniqueId());
        if (bytes == null) {
            throw new TruthException("Production's manifest names " + VisibleText.line(old.uniqueId())
                    + " otherwise than the entry that it stands in, which no dbt writes: build everything, and publish"
                    + " that as it is.");
        }
        Entry entry = Entry.of(bytes);
        return then.metadata().schemaVersion() < SCHEMA ? entry.upgraded() : entry;
    }

    private boolean stands(Resource resource) {
        Fate fate = fates.get(resource.uniqueId());
        return fate == null || fate.kind() != Fate.Kind.ABSENT;
    }

    private Map<String, List<String>> parents() {
        Map<String, List<String>> parents = new LinkedHashMap<>();
        for (Resource now : project.resources()) {
            if (stands(now)) {
                Resource standing = marks.containsKey(now.uniqueId()) ? then.resource(now.uniqueId()) : now;
                parents.put(
                        now.uniqueId(),
                        standing.dependsOn().stream()
                                .filter(this::stands)
                                .distinct()
                                .sorted()
                                .toList());
            }
        }
        return parents;
    }

    private boolean stands(String id) {
        Resource resource = project.resource(id);
        return resource != null && stands(resource);
    }

    private Map<String, List<String>> children() {
        Map<String, TreeMap<String, String>> children = new LinkedHashMap<>();
        Map<String, List<String>> parents = parents();
        parents.keySet().forEach(id -> children.put(id, new TreeMap<>()));
        parents.forEach(
                (child, all) -> all.forEach(parent -> children.get(parent).put(child, child)));
        Map<String, List<String>> lists = new LinkedHashMap<>();
        children.forEach((id, sorted) -> lists.put(id, List.copyOf(sorted.keySet())));
        return lists;
    }

    private void edges(Map<String, List<String>> edges) throws IOException {
        String separator = "{";
        for (Map.Entry<String, List<String>> node : edges.entrySet()) {
            text(separator);
            key(node.getKey());
            text("[");
            String comma = "";
            for (String id : node.getValue()) {
                text(comma);
                out.write(JsonText.quoted(id));
                comma = ", ";
            }
            text("]");
            separator = ", ";
        }
        text(edges.isEmpty() ? "{}" : "}");
    }

    private void key(String key) throws IOException {
        out.write(JsonText.quoted(key));
        text(": ");
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
