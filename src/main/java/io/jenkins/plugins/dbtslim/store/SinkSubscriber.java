package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Passes a body on to a {@link Sink} as it comes, or keeps the first bytes of an error's body as text. Buffers are not
 * piled up: the next is asked for when the last is written.
 */
final class SinkSubscriber implements BodySubscriber<String> {
    private static final int MAX_ERROR_BODY = 16 * 1024;

    private final Sink sink;
    private final Reply head;
    private final Runnable progress;
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final StringBuilder error = new StringBuilder();
    private Subscription subscription;

    /** With a null sink the body is kept as text. */
    SinkSubscriber(Sink sink, Reply head, Runnable progress) {
        this.sink = sink;
        this.head = head;
        this.progress = progress;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        try {
            if (sink != null) {
                sink.begin(head);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            text.completeExceptionally(e);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        progress.run();
        try {
            for (ByteBuffer buffer : buffers) {
                if (sink != null) {
                    sink.write(buffer);
                } else {
                    keep(buffer);
                }
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            text.completeExceptionally(e);
        }
    }

    private void keep(ByteBuffer buffer) {
        if (error.length() < MAX_ERROR_BODY) {
            buffer.limit(Math.min(buffer.limit(), buffer.position() + MAX_ERROR_BODY));
            error.append(StandardCharsets.UTF_8.decode(buffer));
        }
    }

    @Override
    public void onError(Throwable throwable) {
        text.completeExceptionally(throwable);
    }

    @Override
    public void onComplete() {
        text.complete(error.toString());
    }
}
