package io.jenkins.plugins.dbtslim.selection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Recorded answers of real dbt of one version, as {@code src/test/oracle/pack.py} packs them. */
public final class OracleCorpus {
    private static final Map<String, SoftReference<OracleCorpus>> CORPORA = new HashMap<>();
    private static final Path FOLDER = folder();

    private final String version;
    private final JsonNode document;
    private final Map<Integer, Manifest> manifests = new HashMap<>();

    /** One case: a state, a project now, and dbt's answer for many lines. */
    record Case(String name, JsonNode recorded) {}

    private OracleCorpus(String version) throws IOException {
        this.version = version;
        try (InputStream in =
                new GZIPInputStream(OracleCorpus.class.getResourceAsStream("/oracle/cases-" + version + ".json.gz"))) {
            document = new ObjectMapper().readTree(in);
        }
    }

    /** The cases of one version of dbt; read once as long as memory lasts. */
    public static synchronized OracleCorpus of(String version) throws IOException {
        SoftReference<OracleCorpus> known = CORPORA.get(version);
        OracleCorpus corpus = known == null ? null : known.get();
        if (corpus == null) {
            corpus = new OracleCorpus(version);
            CORPORA.put(version, new SoftReference<>(corpus));
        }
        return corpus;
    }

    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        document.get("cases").forEach(c -> cases.add(new Case(c.get("case").asText(), c)));
        return cases;
    }

    RecordedLines lines(Case c) {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        c.recorded().get("expected").fields().forEachRemaining(e -> {
            List<String> ids = new ArrayList<>();
            document.get("lists")
                    .get(e.getValue().asInt())
                    .forEach(i -> ids.add(document.get("ids").get(i.asInt()).asText()));
            expected.put(e.getKey(), ids);
        });
        return new RecordedLines(
                expected,
                RecordedLines.texts(c.recorded().path("errors")),
                RecordedLines.lists(c.recorded().path("warnings")),
                RecordedLines.flags(c.recorded().path("flags")));
    }

    /** The manifest of one side of a case, {@code state} or {@code current}; cases share many: each is written and read once. */
    Manifest manifest(Case c, String side) throws IOException {
        int number = c.recorded().get(side).asInt();
        Manifest manifest = manifests.get(number);
        if (manifest == null) {
            Path file = FOLDER.resolve(version + "-" + number + ".json");
            try (Writer out = Files.newBufferedWriter(file)) {
                write(document.get("manifests").get(number), out);
            }
            manifest = ManifestReader.read(file);
            manifests.put(number, manifest);
        }
        return manifest;
    }

    /** All its manifests, as texts. */
    public List<String> manifests() throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode manifest : document.get("manifests")) {
            StringWriter text = new StringWriter();
            write(manifest, text);
            texts.add(text.toString());
        }
        return texts;
    }

    /** Writes the other artifacts of a case, {@code state/…} and {@code current/…}, in place of those of the last. */
    void write(Case c, Path folder) throws IOException {
        for (String side : List.of("state", "current")) {
            Files.createDirectories(folder.resolve(side));
            Files.deleteIfExists(folder.resolve(side).resolve("run_results.json"));
            Files.deleteIfExists(folder.resolve(side).resolve("sources.json"));
        }
        Iterator<Map.Entry<String, JsonNode>> files = c.recorded().path("files").fields();
        while (files.hasNext()) {
            Map.Entry<String, JsonNode> file = files.next();
            Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
        }
    }

    private void write(JsonNode sections, Writer out) throws IOException {
        String before = "{";
        for (JsonNode section : sections) {
            out.append(before).append('"').append(section.get(0).asText()).append("\":");
            if (section.get(1).isTextual()) {
                out.append(section.get(1).asText());
            } else {
                String first = "{";
                for (JsonNode part : section.get(1)) {
                    out.append(first)
                            .append(document.get("parts").get(part.asInt()).asText());
                    first = ",";
                }
                out.append(section.get(1).isEmpty() ? "{}" : "}");
            }
            before = ",";
        }
        out.append('}');
    }

    /** Manifests stay files as long as this Java runs: some texts are read from them again. */
    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("oracle");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
