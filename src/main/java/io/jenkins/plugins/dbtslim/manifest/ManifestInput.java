package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a manifest file, plain or gzip, as tokens, and turns all that can be wrong with it into one sentence. */
final class ManifestInput {
    private static final int BUFFER = 1 << 16;

    private ManifestInput() {}

    /** Does something with the tokens of a file. */
    interface Use<T> {
        T with(JsonParser parser) throws IOException;
    }

    /**
     * Opens the file and moves to the first token, which is the start of an object.
     *
     * @throws ManifestException if the file is missing, empty, cut off, no JSON, or what {@code use} refuses
     */
    static <T> T read(Path file, ReadLimits limits, Use<T> use) throws ManifestException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = new LimitedStream(unpacked(raw), limits.fileBytes())) {
            int first = firstCharacter(plain);
            if (first < 0) {
                throw new ManifestException("is empty");
            }
            if (first == '<') {
                throw new ManifestException("is a web page or XML, not JSON; a proxy or a login page may have answered "
                        + "in place of the store");
            }
            try (JsonParser parser = factory(limits).createParser(plain)) {
                if (parser.nextToken() != com.fasterxml.jackson.core.JsonToken.START_OBJECT) {
                    throw new ManifestException("is no dbt manifest: it is JSON, but no object");
                }
                return use.with(parser);
            }
        } catch (ManifestException e) {
            throw new ManifestException(file + " " + e.getMessage(), e.getCause());
        } catch (NoSuchFileException e) {
            throw new ManifestException(file + " does not exist", e);
        } catch (JsonEOFException | EOFException e) {
            throw new ManifestException(file + " is cut off: its end is missing; fetch or write it again", e);
        } catch (StreamConstraintsException e) {
            throw new ManifestException(
                    file + " goes beyond a limit" + where(e.getLocation()) + ": " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new ManifestException(
                    file + " is not valid JSON" + where(e.getLocation()) + ": " + e.getOriginalMessage(), e);
        } catch (ZipException e) {
            throw new ManifestException(file + " is a damaged gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ManifestException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonFactory factory(ReadLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.stringLength())
                        .maxNameLength(1 << 20)
                        .maxNumberLength(10_000)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build()
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return new BufferedInputStream(gzip ? new GZIPInputStream(buffered, BUFFER) : buffered, BUFFER);
    }

    /** The first byte that is no white space, without taking it away; -1 at the end. */
    private static int firstCharacter(InputStream in) throws IOException {
        while (true) {
            in.mark(1);
            int c = in.read();
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                in.reset();
                return c;
            }
        }
    }

    private static String where(JsonLocation location) {
        if (location == null || location.getByteOffset() < 0) {
            return "";
        }
        return " at byte " + location.getByteOffset();
    }
}
