package io.jenkins.plugins.dbtslim.selection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Recorded answers of real dbt of one version, as {@code src/test/oracle/pack.py} packs them. */
final class OracleCorpus {
    private final String version;
    private final JsonNode document;
    private final Map<Integer, Manifest> manifests = new HashMap<>();

    /** One case: a state, a project now, and dbt's answer for many lines. */
    record Case(String name, JsonNode recorded) {
        Map<String, String> errors() {
            Map<String, String> errors = new LinkedHashMap<>();
            recorded.path("errors")
                    .fields()
                    .forEachRemaining(e -> errors.put(e.getKey(), e.getValue().asText()));
            return errors;
        }

        List<String> warnings(String line) {
            List<String> warnings = new ArrayList<>();
            recorded.path("warnings").path(line).forEach(w -> warnings.add(w.asText()));
            return warnings;
        }

        Map<String, Boolean> flags() {
            Map<String, Boolean> flags = new LinkedHashMap<>();
            recorded.path("flags")
                    .fields()
                    .forEachRemaining(e -> flags.put(e.getKey(), e.getValue().asBoolean()));
            return flags;
        }
    }

    OracleCorpus(String version) throws IOException {
        this.version = version;
        try (InputStream in =
                new GZIPInputStream(OracleCorpus.class.getResourceAsStream("/oracle/cases-" + version + ".json.gz"))) {
            document = new ObjectMapper().readTree(in);
        }
    }

    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        document.get("cases").forEach(c -> cases.add(new Case(c.get("case").asText(), c)));
        return cases;
    }

    /** dbt's list by line. */
    Map<String, List<String>> expected(Case c) {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        c.recorded().get("expected").fields().forEachRemaining(e -> {
            List<String> ids = new ArrayList<>();
            document.get("lists")
                    .get(e.getValue().asInt())
                    .forEach(i -> ids.add(document.get("ids").get(i.asInt()).asText()));
            expected.put(e.getKey(), ids);
        });
        return expected;
    }

    /** The manifest of one side of a case, {@code state} or {@code current}; cases share many: each is written and read once. */
    Manifest manifest(Case c, String side, Path folder) throws IOException {
        int number = c.recorded().get(side).asInt();
        Manifest manifest = manifests.get(number);
        if (manifest == null) {
            Path file = folder.resolve(version + "-" + number + ".json");
            try (Writer out = Files.newBufferedWriter(file)) {
                write(document.get("manifests").get(number), out);
            }
            manifest = ManifestReader.read(file);
            manifests.put(number, manifest);
        }
        return manifest;
    }

    /** Writes the other artifacts of a case: {@code state/…} and {@code current/…}. */
    void write(Case c, Path folder) throws IOException {
        for (String side : List.of("state", "current")) {
            Files.createDirectories(folder.resolve(side));
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
}
