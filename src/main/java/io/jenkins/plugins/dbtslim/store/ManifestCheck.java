package io.jenkins.plugins.dbtslim.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Says whether a file is a whole dbt manifest: one pass over its tokens, nothing kept but the metadata. */
final class ManifestCheck {
    private static final Pattern SCHEMA = Pattern.compile(".*/manifest/v(\\d{1,4})\\.json");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(1 << 28)
                    .maxNestingDepth(500)
                    .build())
            .build();

    private ManifestCheck() {}

    static Metadata check(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new ManifestException(file + " is empty.");
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ManifestException(file + " is not a dbt manifest: it is no JSON object.");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = json.currentName().equals("metadata");
                json.nextToken();
                if (metadata && json.currentToken() == JsonToken.START_OBJECT) {
                    read(json, fields);
                } else {
                    json.skipChildren();
                }
            }
        } catch (com.fasterxml.jackson.core.io.JsonEOFException e) {
            throw new ManifestException(file + " is cut off: its JSON ends in the middle.");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ManifestException(file + " is not a dbt manifest: it is not JSON.");
        }
        Matcher schema = SCHEMA.matcher(fields.getOrDefault("dbt_schema_version", ""));
        if (!schema.matches()) {
            throw new ManifestException(file + " is not a dbt manifest: its metadata names no manifest schema.");
        }
        return new Metadata(
                Integer.parseInt(schema.group(1)),
                fields.get("dbt_version"),
                fields.get("project_name"),
                fields.get("adapter_type"),
                fields.get("generated_at"),
                fields.get("invocation_id"));
    }

    /** Whose manifest begins with these bytes (packed or not); null when its metadata is not among them. */
    static ProjectIdentity identify(byte[] start) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(unpacked(start))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = json.currentName().equals("metadata");
                json.nextToken();
                if (metadata && json.currentToken() == JsonToken.START_OBJECT) {
                    read(json, fields);
                    return new ProjectIdentity(fields.get("project_name"), fields.get("adapter_type"));
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static InputStream unpacked(byte[] start) throws IOException {
        boolean gzip = start.length > 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
        InputStream in = new ByteArrayInputStream(start);
        return gzip ? new GZIPInputStream(in) : in;
    }

    private static void read(JsonParser json, Map<String, String> fields) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                fields.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }
}
