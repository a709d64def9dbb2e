package io.jenkins.plugins.dbtslim.store.transfer;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file as the body of a request, in larger pieces than the JDK's own (16 KiB), that tells of each piece that leaves, so
 * that a stalled upload is seen.
 */
final class FileBody implements Publisher<ByteBuffer> {
    private static final int PIECE = 128 * 1024;

    private final Path file;
    private final Runnable progress;

    private FileBody(Path file, Runnable progress) {
        this.file = file;
        this.progress = progress;
    }

    static BodyPublisher publisher(Path file, Runnable progress) throws IOException {
        long size = Files.size(file);
        return size == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(new FileBody(file, progress), size);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        Pieces pieces = new Pieces(subscriber);
        subscriber.onSubscribe(pieces);
    }

    /** Reads as much as is asked for; whoever raises the demand from nothing does the work. */
    private final class Pieces implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private FileChannel channel;
        private volatile boolean ended;

        Pieces(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            if (demand.getAndAdd(more) != 0) {
                return;
            }
            do {
                if (ended) {
                    close();
                    return;
                }
                next();
            } while (demand.decrementAndGet() > 0);
        }

        private void next() {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            try {
                if (channel == null) {
                    channel = FileChannel.open(file);
                }
                boolean more = channel.read(piece) >= 0;
                progress.run();
                if (more) {
                    subscriber.onNext(piece.flip());
                } else {
                    cancel();
                    subscriber.onComplete();
                }
            } catch (IOException e) {
                cancel();
                subscriber.onError(new StoreException("Cannot read " + file + ": " + FileErrors.reason(e) + "."));
            }
        }

        @Override
        public void cancel() {
            ended = true;
            close();
        }

        private void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
