package io.jenkins.plugins.dbtslim.store.transfer;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Keeps the first bytes of an error's body as text. */
final class ErrorText implements BodySubscriber<String> {
    /** How much of it is kept, in bytes. */
    static final int MOST = 16 * 1024;

    private final Runnable progress;
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final StringBuilder error = new StringBuilder();
    private Subscription subscription;

    ErrorText(Runnable progress) {
        this.progress = progress;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        progress.run();
        for (ByteBuffer buffer : buffers) {
            if (error.length() < MOST) {
                buffer.limit(Math.min(buffer.limit(), buffer.position() + MOST));
                error.append(StandardCharsets.UTF_8.decode(buffer));
            }
        }
        if (error.length() < MOST) {
            subscription.request(1);
        } else {
            // What follows is no error's text, however long it is.
            subscription.cancel();
            onComplete();
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
