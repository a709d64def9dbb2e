package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a JSON file of dbt, plain or gzip, and turns all that can be wrong with it into one sentence. */
final class ManifestInput {
    private static final int BUFFER = 1 << 16;
    /** Bytes at the beginning that tell what a file is that is no JSON. */
    private static final int HEAD = 256;

    private static final String GZIP = "\u001f\u008b";

    private ManifestInput() {}

    /** Does something with the one value of a file, which is an object. */
    interface Use<T> {
        T with(ValueReader json) throws IOException;
    }

    /**
     * Opens the file and moves to the object that it holds.
     *
     * @throws ManifestException if the file is missing, empty, cut off, no JSON, or what {@code use} refuses
     */
    static <T> T read(Path file, ReadLimits limits, Use<T> use) throws ManifestException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream plain = unpacked(raw);
                JsonParser parser = factory(limits).createParser(plain)) {
            refuseByHead(head(plain, HEAD));
            return read(parser, limits, use);
        } catch (ManifestException e) {
            throw new ManifestException(file + " " + e.getMessage(), e.getCause());
        } catch (NoSuchFileException e) {
            throw new ManifestException(file + " does not exist: check the path", e);
        } catch (ZipException e) {
            throw new ManifestException(
                    file + " is a damaged gzip file: " + e.getMessage() + ManifestException.AGAIN, e);
        } catch (EOFException e) {
            throw new ManifestException(
                    file + " is cut off at byte 0: its end is missing" + ManifestException.AGAIN, e);
        } catch (IOException e) {
            throw new ManifestException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> T read(JsonParser parser, ReadLimits limits, Use<T> use) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new ManifestException("is empty: fetch or write it again");
            }
            ValueReader json = new ValueReader(parser, limits.retained());
            if (!json.isObject()) {
                json.skip();
                throw new ManifestException(
                        "is no dbt manifest: it is JSON, but no object" + ManifestException.RIGHT_FILE);
            }
            return use.with(json);
        } catch (JsonEOFException | EOFException e) {
            throw new ManifestException(
                    "is cut off at byte " + parser.currentLocation().getByteOffset() + ": its end is missing"
                            + ManifestException.AGAIN,
                    e);
        } catch (StreamConstraintsException e) {
            // Where a limit is passed the parser knows no place.
            throw new ManifestException(
                    "goes beyond a limit at byte " + parser.currentLocation().getByteOffset() + ": "
                            + e.getOriginalMessage() + ManifestException.AGAIN,
                    e);
        } catch (JsonProcessingException e) {
            JsonLocation known = e.getLocation();
            JsonLocation at = known == null ? parser.currentLocation() : known;
            throw new ManifestException(
                    "is not valid JSON at byte " + at.getByteOffset() + ": "
                            + ManifestException.shown(e.getOriginalMessage()) + ManifestException.AGAIN,
                    e);
        }
    }

    private static JsonFactory factory(ReadLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(limits.constraints())
                // Python writes NaN and Infinity.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // It takes a project of many ids for an attack.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                // dbt reads UTF-8 only.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        boolean gzip = head(raw, 2).equals(GZIP);
        return gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
    }

    /** The first bytes, which stay there, each as a character. */
    private static String head(InputStream in, int length) throws IOException {
        in.mark(length);
        String head = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        in.reset();
        return head;
    }

    private static void refuseByHead(String head) throws ManifestException {
        if (head.startsWith(GZIP)) {
            throw new ManifestException("is packed with gzip twice: pack it once");
        }
        String start = head.strip();
        if (start.startsWith("<<<<<<< ")) {
            throw new ManifestException(
                    "has conflict markers of a merge by git; take one side, or let dbt write it again");
        }
        if (start.startsWith("<")) {
            throw new ManifestException(
                    "is a web page or XML, not JSON; a proxy or a login page may have answered in place of the store");
        }
        if (!start.isEmpty() && "\u00ef\u00fe\u00ff".indexOf(start.charAt(0)) >= 0) {
            throw new ManifestException("begins with a byte order mark; write it again as plain UTF-8");
        }
    }
}
