package io.jenkins.plugins.dbtslim.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Says whether a file is a whole dbt manifest: its metadata, then one pass over all tokens, with nothing kept. Without
 * that pass half a manifest would pass for one whose other half was deleted.
 */
final class ManifestCheck {
    // Python writes NaN and Infinity.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private ManifestCheck() {}

    /** Plain JSON only. The messages begin with the file. */
    static Metadata check(Path file) throws IOException {
        Metadata metadata = ManifestReader.readMetadata(file);
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            json.skipChildren();
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new ManifestException(file + " is cut off: its end is missing");
            }
            if (json.nextToken() != null) {
                throw new ManifestException(file + " is no dbt manifest: something follows its end");
            }
        } catch (JsonEOFException e) {
            throw new ManifestException(file + " is cut off: its end is missing");
        } catch (JsonProcessingException e) {
            throw new ManifestException(
                    file + " is not valid JSON at byte " + e.getLocation().getByteOffset());
        }
        return metadata;
    }

    /** Whose manifest a file is, or the beginning of one; null when that cannot be told. */
    static ProjectIdentity identify(Path file) {
        try {
            Metadata metadata = ManifestReader.readMetadata(file);
            return new ProjectIdentity(metadata.projectName(), metadata.adapterType());
        } catch (ManifestException e) {
            return null;
        }
    }
}
