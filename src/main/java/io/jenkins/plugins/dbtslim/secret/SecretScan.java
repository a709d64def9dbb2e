package io.jenkins.plugins.dbtslim.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks whether a JSON file of dbt holds a secret, and where. The file is left as it is: masked, a manifest would be another
 * one, with which all later builds would compare. Who publishes it refuses to do so instead.
 */
public final class SecretScan {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private SecretScan() {}

    /**
     * Where the first secret is, as a JSON pointer such as {@code /nodes/model.shop.orders/compiled_code}, itself masked;
     * null if there is none up to the end of the file, or up to where it is no JSON any more.
     */
    @CheckForNull
    public static String find(Path file, SecretMask mask) throws IOException {
        if (mask.isEmpty()) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JSON.createParser(in)) {
            while (json.nextToken() != null) {
                if (isText(json.currentToken()) && mask.finds(json.getText())) {
                    return mask.mask(json.getParsingContext().pathAsPointer().toString());
                }
            }
            return null;
        } catch (JsonProcessingException e) {
            return null; // nobody publishes what is no JSON
        }
    }

    private static boolean isText(JsonToken token) {
        return token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING || token.isNumeric();
    }
}
