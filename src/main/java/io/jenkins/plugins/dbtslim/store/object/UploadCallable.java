package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Sends a file as an object, packed on the way where the object's name ends with {@code .gz}.
 *
 * @param transfer how
 * @param request a signed PUT
 * @param file absolute path of the manifest as plain JSON
 * @param gzip whether to pack it
 */
public record UploadCallable(Transfer transfer, SignedRequest request, String file, boolean gzip)
        implements AgentCallable<Reply> {
    private static final long serialVersionUID = 1L;

    @Override
    public Reply run(Consumer<String> log) throws IOException, InterruptedException {
        Path plain = Path.of(file);
        if (!gzip) {
            return transfer.upload(request, plain, log);
        }
        Path packed = pack(plain);
        try {
            return transfer.upload(request, packed, log);
        } finally {
            FileErrors.deleteQuietly(packed);
        }
    }

    private static Path pack(Path plain) throws IOException {
        Path packed = null;
        try {
            packed = Files.createTempFile("manifest", ".json.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), 64 * 1024)) {
                Files.copy(plain, out);
            }
            return packed;
        } catch (IOException e) {
            if (packed != null) {
                FileErrors.deleteQuietly(packed);
            }
            throw new StoreException(
                    "Cannot pack " + plain + " into the temporary folder: " + FileErrors.reason(e) + ".");
        }
    }
}
