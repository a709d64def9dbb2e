package io.jenkins.plugins.dbtslim.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a JSON file of dbt, plain or gzip, and turns all that can be wrong with it into one sentence. */
final class ManifestInput {
    private static final int BUFFER = 1 << 16;

    private ManifestInput() {}

    /** Does something with the one value of a file, which is an object. */
    interface Use<T> {
        T with(JsonReader json) throws IOException;
    }

    /**
     * Opens the file and stops before the object that it holds.
     *
     * @throws ManifestException if the file is missing, empty, cut off, no JSON, or what {@code use} refuses
     */
    static <T> T read(Path file, ReadLimits limits, Use<T> use) throws ManifestException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = unpacked(raw)) {
            JsonReader json = new JsonReader(plain, limits, new StringPool());
            switch (json.peekOrEnd()) {
                case -1 -> throw new ManifestException("is empty: fetch or write it again");
                case '{' -> {
                    return use.with(json);
                }
                case '<' ->
                    throw new ManifestException("is a web page or XML, not JSON; a proxy or a login page may have"
                            + " answered in place of the store");
                case 0xef, 0xfe, 0xff ->
                    throw new ManifestException("begins with a byte order mark; write it again as plain UTF-8");
                default -> {
                    json.skip();
                    throw new ManifestException(
                            "is no dbt manifest: it is JSON, but no object" + ManifestException.RIGHT_FILE);
                }
            }
        } catch (ManifestException e) {
            throw new ManifestException(file + " " + e.getMessage(), e.getCause());
        } catch (NoSuchFileException e) {
            throw new ManifestException(file + " does not exist: check the path", e);
        } catch (ZipException e) {
            throw new ManifestException(file + " is a damaged gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ManifestException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Refuses what follows the object. */
    static void end(JsonReader json) throws IOException {
        if (json.peekOrEnd() >= 0) {
            throw new ManifestException("is no dbt manifest: something follows its end at byte " + json.offset());
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }
}
