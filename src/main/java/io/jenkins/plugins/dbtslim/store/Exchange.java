package io.jenkins.plugins.dbtslim.store;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * One attempt at one request. The JDK client's own time limit ends at the headers, so idle and total time are watched
 * here; the caller's interrupt ends the exchange at once.
 */
final class Exchange {
    private static final long TICK_MILLIS = 100;
    /** What systems say when the other side has hung up while we send, or read. */
    private static final Pattern ENDED = Pattern.compile("Broken pipe|Connection reset");

    private final SignedRequest request;
    private final TransferLimits limits;
    private final long deadline;
    private volatile long lastProgress = System.nanoTime();

    /** The deadline is one of {@link System#nanoTime()}. */
    Exchange(SignedRequest request, TransferLimits limits, long deadline) {
        this.request = request;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** Called for each piece of a body that goes or comes. */
    void progress() {
        lastProgress = System.nanoTime();
    }

    /** Sends and waits. The sink, if any, gets the body of a success. */
    Reply run(HttpClient client, HttpRequest http, Sink sink) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(http, head -> {
            progress();
            boolean wanted = sink != null && (head.statusCode() == 200 || head.statusCode() == 206);
            Reply reply = Reply.of(request, head.statusCode(), head.headers(), "");
            return new SinkSubscriber(wanted ? sink : null, reply, this::progress);
        });
        try {
            HttpResponse<String> response = await(answer);
            // The client gives no body, and not an empty one, when a proxy refuses a tunnel.
            String body = response.body() == null ? "" : response.body();
            return Reply.of(request, response.statusCode(), response.headers(), body);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                checkTime();
            } catch (ExecutionException e) {
                throw translate(e.getCause());
            }
        }
    }

    private void checkTime() throws IOException {
        long now = System.nanoTime();
        if (now - deadline >= 0) {
            throw new StoreException(request + ": not done within " + seconds(limits.total()) + " s; is the network or "
                    + request.host() + " slow?");
        }
        if (now - lastProgress > limits.idle().toNanos()) {
            throw new BrokenTransfer("no byte for " + seconds(limits.idle()) + " s");
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? "" + duration.toSeconds() : "" + duration.toMillis() / 1000.0;
    }

    // The client's exceptions stay behind: their messages and causes are not ours, and may quote the URL.
    private IOException translate(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof StoreException) && !(root instanceof BrokenTransfer)) {
            root = root.getCause();
        }
        if (root instanceof StoreException || root instanceof BrokenTransfer) {
            return (IOException) root;
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new BrokenTransfer("no connection within " + seconds(limits.connect()) + " s");
        }
        if (root instanceof UnresolvedAddressException) {
            return new BrokenTransfer("the host name is not known here");
        }
        if (cause instanceof ConnectException) {
            return new BrokenTransfer("connection refused");
        }
        if (root instanceof EOFException) {
            return new BrokenTransfer("the connection ended early");
        }
        String message = request.conceal(root.getMessage());
        if (ENDED.matcher(message).lookingAt()) {
            return new BrokenTransfer("the connection ended early");
        }
        return new BrokenTransfer(
                "connection broken (" + (message.isEmpty() ? root.getClass().getSimpleName() : message) + ")");
    }
}
