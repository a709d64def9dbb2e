package io.jenkins.plugins.dbtslim.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file as the body of a request, that tells of each piece that leaves, so that a stalled upload is seen. */
final class CountedBody extends FilterInputStream {
    private final Runnable progress;

    private CountedBody(InputStream in, Runnable progress) {
        super(in);
        this.progress = progress;
    }

    static BodyPublisher publisher(Path file, Runnable progress) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> {
                    try {
                        return new CountedBody(Files.newInputStream(file), progress);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                size);
    }

    @Override
    public int read() throws IOException {
        progress.run();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        progress.run();
        return super.read(bytes, offset, length);
    }
}
