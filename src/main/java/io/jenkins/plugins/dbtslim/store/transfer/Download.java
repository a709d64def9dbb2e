package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt at a GET. It uses the JDK's older client, on a thread that blocks, because the newer one passes a body on in
 * steps of 16 KiB from thread to thread, at half the speed of curl; its larger steps are a setting of the whole JVM, which is
 * not ours on an agent. The two differ in nothing else that matters here.
 */
final class Download {
    private static final int PIECE = 128 * 1024;
    private static final Pattern TUNNEL = Pattern.compile("Unable to tunnel through proxy.*HTTP/1\\.[01] (\\d{3}).*");

    private final SignedRequest request;
    private final TransferLimits limits;
    private final Proxy proxy;
    private final Authenticator login;
    private final TransferWatchdog watch;
    private boolean over;

    /** Without a proxy's log-in the authenticator answers nothing. */
    Download(SignedRequest request, TransferLimits limits, Proxy proxy, Authenticator login, TransferWatchdog watch) {
        this.request = request;
        this.limits = limits;
        this.proxy = proxy;
        this.login = login;
        this.watch = watch;
    }

    /** Receives and waits. The sink gets the body of a success, on another thread, but nothing after this has ended. */
    Reply run(Sink sink) throws IOException, InterruptedException {
        FutureTask<Reply> task = new FutureTask<>(() -> receive(sink));
        Thread thread = new Thread(task, "download " + request.subject());
        thread.setDaemon(true);
        thread.start();
        try {
            return watch.await(task);
        } finally {
            // A thread that waits for a byte ends with the next one, or with the limit of silence.
            synchronized (this) {
                over = true;
            }
        }
    }

    private HttpURLConnection open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(request.url()).openConnection(proxy);
        connection.setAuthenticator(login);
        connection.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        connection.setReadTimeout(Math.toIntExact(limits.idle().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(request.method());
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Connection", "close");
        request.headers().forEach(connection::setRequestProperty);
        return connection;
    }

    private Reply receive(Sink sink) throws IOException {
        HttpURLConnection connection = open();
        try {
            int status = status(connection);
            watch.progress();
            Reply head = Reply.of(request, status, connection.getHeaderFields(), "");
            if (status == 200 || status == 206) {
                pass(connection, head, sink);
                return head;
            }
            return Reply.of(request, status, connection.getHeaderFields(), error(status, connection));
        } finally {
            connection.disconnect();
        }
    }

    private static int status(HttpURLConnection connection) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            Matcher refused = TUNNEL.matcher(String.valueOf(e.getMessage()));
            if (refused.matches()) {
                return Integer.parseInt(refused.group(1));
            }
            throw e;
        }
    }

    private void pass(HttpURLConnection connection, Reply head, Sink sink) throws IOException {
        long length = head.length();
        long left = length < 0 ? Long.MAX_VALUE : length;
        step(() -> sink.begin(head));
        byte[] piece = new byte[PIECE];
        try (InputStream in = connection.getInputStream()) {
            while (left > 0) {
                int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    break;
                }
                watch.progress();
                left -= read;
                step(() -> sink.write(ByteBuffer.wrap(piece, 0, read)));
            }
        }
        if (length >= 0 && left > 0) {
            throw new BrokenTransfer("the connection ended early");
        }
    }

    /** Something that the sink does. */
    private interface Step {
        void run() throws IOException;
    }

    private synchronized void step(Step step) throws IOException {
        if (over) {
            throw new BrokenTransfer("nobody waits any longer");
        }
        step.run();
    }

    private static String error(int status, HttpURLConnection connection) throws IOException {
        // To this client a redirect is no error.
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return in == null ? "" : new String(in.readNBytes(ErrorText.MOST), StandardCharsets.UTF_8);
        }
    }
}
