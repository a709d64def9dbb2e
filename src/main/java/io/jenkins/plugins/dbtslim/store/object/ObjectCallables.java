package io.jenkins.plugins.dbtslim.store.object;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.DestinationFile;
import io.jenkins.plugins.dbtslim.store.ManifestCheck;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ObjectHeaders;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Sink;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** What an agent does with signed requests, each for one journey to where the files lie. */
public final class ObjectCallables {
    private ObjectCallables() {}

    /**
     * Brings an object into a file as it is: what travels beside a manifest is none.
     *
     * @param transfer how
     * @param request a signed GET
     * @param location of the object
     * @param destination absolute path of the file
     */
    public record Bring(Transfer transfer, SignedRequest request, ManifestLocation location, String destination)
            implements AgentCallable<Reply> {
        private static final long serialVersionUID = 1L;

        @Override
        public Reply run(Consumer<String> log) throws IOException, InterruptedException {
            try (AtomicFile file = AtomicFile.of(Path.of(destination));
                    ReceivedFile received = new ReceivedFile(
                            file.temporary(), location, transfer.limits().maxBytes())) {
                Reply reply = transfer.receive(request, received, log);
                if (reply.isSuccess()) {
                    file.commit();
                }
                return reply;
            }
        }
    }

    /**
     * Brings an object into a file, checked, with its provenance beside it.
     *
     * @param transfer how
     * @param request a signed GET
     * @param location of the object
     * @param destination absolute path of the file
     */
    public record Download(Transfer transfer, SignedRequest request, ManifestLocation location, String destination)
            implements AgentCallable<Download.Result> {
        private static final long serialVersionUID = 1L;

        /**
         * What came of it.
         *
         * @param reply of the store
         * @param provenance null unless the reply was a success
         */
        public record Result(Reply reply, Provenance provenance) implements Serializable {
            private static final long serialVersionUID = 1L;
        }

        @Override
        public Result run(Consumer<String> log) throws IOException, InterruptedException {
            try (DestinationFile file = new DestinationFile(Path.of(destination));
                    ReceivedFile received = new ReceivedFile(
                            file.temporary(), location, transfer.limits().maxBytes())) {
                Reply reply = transfer.receive(request, received, log);
                Provenance provenance = reply.isSuccess()
                        ? file.accept(ObjectHeaders.stored(location, reply), received.digest())
                        : null;
                return new Result(reply, provenance);
            }
        }
    }

    /**
     * Digests a file that is to be sent as it is.
     *
     * @param file absolute path
     */
    public record Md5(String file) implements AgentCallable<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String run(Consumer<String> log) throws IOException {
            try {
                return Digests.contentMd5(Path.of(file));
            } catch (IOException e) {
                throw new StoreException("Cannot read " + file + ": " + FileErrors.reason(e) + ".");
            }
        }
    }

    /**
     * Reads the first bytes of an object to see whose manifest it is.
     *
     * @param transfer how
     * @param request a signed GET of these bytes
     */
    public record Peek(Transfer transfer, SignedRequest request) implements AgentCallable<Peek.Seen> {
        private static final long serialVersionUID = 1L;

        /** Enough for the metadata, which dbt writes first. */
        static final int BYTES = 64 * 1024;

        /**
         * What was seen.
         *
         * @param reply of the store
         * @param identity null when it cannot be told
         */
        public record Seen(Reply reply, @CheckForNull ProjectIdentity identity) implements Serializable {
            private static final long serialVersionUID = 1L;
        }

        @Override
        public Seen run(Consumer<String> log) throws IOException, InterruptedException {
            Path file = Files.createTempFile("manifest", ".head");
            try {
                Reply reply = transfer.receive(request, new FirstBytes(file), log);
                return new Seen(reply, reply.isSuccess() ? ManifestCheck.identify(file) : null);
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

    /**
     * Sends a request without bodies, such as HEAD.
     *
     * @param transfer how
     * @param request what
     */
    public record Send(Transfer transfer, SignedRequest request) implements AgentCallable<Reply> {
        private static final long serialVersionUID = 1L;

        @Override
        public Reply run(Consumer<String> log) throws IOException, InterruptedException {
            return transfer.send(request, log);
        }
    }

    /**
     * Sends a file as an object, packed on the way where the object's name ends with {@code .gz}.
     *
     * @param transfer how
     * @param request a signed PUT
     * @param file absolute path of the manifest as plain JSON
     * @param gzip whether to pack it
     */
    public record Upload(Transfer transfer, SignedRequest request, String file, boolean gzip)
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
}
