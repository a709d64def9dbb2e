package io.jenkins.plugins.dbtslim.store.object;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.ManifestCheck;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Sink;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Reads the first bytes of an object to see whose manifest it is.
 *
 * @param transfer how
 * @param request a signed GET of these bytes
 */
public record PeekCallable(Transfer transfer, SignedRequest request) implements AgentCallable<PeekCallable.Result> {
    private static final long serialVersionUID = 1L;

    /** Enough for the metadata, which dbt writes first. */
    static final int BYTES = 64 * 1024;

    /**
     * What was seen.
     *
     * @param reply of the store
     * @param identity null when it cannot be told
     */
    public record Result(Reply reply, @CheckForNull ProjectIdentity identity) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result run(Consumer<String> log) throws IOException, InterruptedException {
        Path file = Files.createTempFile("manifest", ".head");
        try {
            Reply reply = transfer.receive(request, new FirstBytes(file), log);
            return new Result(reply, reply.isSuccess() ? ManifestCheck.identify(file) : null);
        } finally {
            FileErrors.deleteQuietly(file);
        }
    }

    /**
     * Keeps the first bytes, should a store send all of them.
     *
     * @param file to keep them in
     */
    private record FirstBytes(Path file) implements Sink {
        @Override
        public void begin(Reply reply) throws IOException {
            Files.write(file, new byte[0]);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
                int room = (int) Math.max(0, BYTES - channel.size());
                ByteBuffer first = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
                while (first.hasRemaining()) {
                    channel.write(first);
                }
            }
            bytes.position(bytes.limit());
        }

        @Override
        public void end() {}
    }
}
