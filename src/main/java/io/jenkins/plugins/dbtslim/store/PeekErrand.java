package io.jenkins.plugins.dbtslim.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads the first bytes of an object to see whose manifest it is.
 *
 * @param transfer how
 * @param request a signed GET of these bytes
 */
record PeekErrand(Transfer transfer, SignedRequest request) implements Errand<PeekErrand.Result> {
    private static final long serialVersionUID = 1L;

    /** Enough for the metadata, which dbt writes first. */
    static final int BYTES = 64 * 1024;

    /**
     * What was seen.
     *
     * @param reply of the store
     * @param identity null when it cannot be told
     */
    record Result(Reply reply, ProjectIdentity identity) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result run(Consumer<String> log) throws IOException, InterruptedException {
        FirstBytes bytes = new FirstBytes();
        Reply reply = transfer.receive(request, bytes, log);
        return new Result(reply, reply.isSuccess() ? ManifestCheck.identify(bytes.kept.toByteArray()) : null);
    }

    /** Keeps the first bytes, should a store send all of them. */
    private static final class FirstBytes implements Sink {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void begin(Reply reply) {
            kept.reset();
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] part = new byte[Math.min(bytes.remaining(), BYTES - kept.size())];
            bytes.get(part);
            kept.write(part, 0, part.length);
            bytes.position(bytes.limit());
        }

        @Override
        public void end() {}
    }
}
