package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The fields of a JSON object, one after the other. */
final class Fields {
    private Fields() {}

    /** Reads the value of one field: begins at its first token and ends at its last. */
    interface FieldReader {
        void read(String key) throws IOException;
    }

    /** Goes through the object at the parser's current token; anything else is skipped. */
    static void each(JsonParser parser, FieldReader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        String key;
        while ((key = parser.nextFieldName()) != null) {
            parser.nextToken();
            reader.read(key);
        }
    }
}
