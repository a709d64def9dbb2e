package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Waits for one attempt at one request, which others make: the JDK's own time limits end at the headers or know single reads
 * only, so idle and total time are watched here. An interrupt ends the wait at once. What went wrong is said in our words.
 */
final class TransferWatchdog {
    private static final long TICK_MILLIS = 100;
    /** What systems say when the other side has hung up while we send, or read. */
    private static final Pattern ENDED =
            Pattern.compile("Broken pipe|Connection reset|Unexpected end of file|Premature EOF");

    private final SignedRequest request;
    private final TransferLimits limits;
    private final long deadline;
    private volatile long lastProgress = System.nanoTime();

    /** The deadline is one of {@link System#nanoTime()}. */
    TransferWatchdog(SignedRequest request, TransferLimits limits, long deadline) {
        this.request = request;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** Called for each piece of a body that goes or comes. */
    void progress() {
        lastProgress = System.nanoTime();
    }

    /** The answer when it is there; {@link BrokenTransfer} where another attempt may help. */
    <T> T await(Future<T> answer) throws IOException, InterruptedException {
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
            throw silence();
        }
    }

    private BrokenTransfer silence() {
        return new BrokenTransfer("no byte for " + seconds(limits.idle()) + " s");
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
        String message = request.conceal(root.getMessage());
        if (cause instanceof HttpConnectTimeoutException || isConnect(root)) {
            return new BrokenTransfer("no connection within " + seconds(limits.connect()) + " s");
        }
        if (root instanceof SocketTimeoutException) {
            return silence();
        }
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return new BrokenTransfer("the host name is not known here");
        }
        if (cause instanceof ConnectException || root instanceof ConnectException) {
            return new BrokenTransfer("connection refused");
        }
        if (root instanceof EOFException || ENDED.matcher(message).lookingAt()) {
            return new BrokenTransfer("the connection ended early");
        }
        return new BrokenTransfer(
                "connection broken (" + (message.isEmpty() ? root.getClass().getSimpleName() : message) + ")");
    }

    private static boolean isConnect(Throwable root) {
        return root instanceof SocketTimeoutException
                && String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
    }
}
