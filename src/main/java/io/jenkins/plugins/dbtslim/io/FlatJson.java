package io.jenkins.plugins.dbtslim.io;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A small file with one flat JSON object: texts and whole numbers by name. */
public final class FlatJson {
    private static final long MAX_SIZE = 64 * 1024;

    private FlatJson() {}

    /** Writes beside and renames; null values are left out. */
    public static void write(Path file, Map<String, Object> fields) throws IOException {
        Path temporary = FileErrors.temporaryBeside(file);
        try {
            try (JsonGenerator json = new JsonFactory().createGenerator(temporary.toFile(), JsonEncoding.UTF8)) {
                json.useDefaultPrettyPrinter();
                json.writeStartObject();
                for (Map.Entry<String, Object> field : fields.entrySet()) {
                    if (field.getValue() instanceof Number number) {
                        json.writeNumberField(field.getKey(), number.longValue());
                    } else if (field.getValue() != null) {
                        json.writeStringField(field.getKey(), field.getValue().toString());
                    }
                }
                json.writeEndObject();
            }
            FileErrors.move(temporary, file);
        } finally {
            FileErrors.deleteQuietly(temporary);
        }
    }

    /** The fields as texts; what is nested is left out. */
    public static Map<String, String> read(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new IOException("too long");
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        return fields;
    }
}
