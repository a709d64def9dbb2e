package io.jenkins.plugins.dbtslim.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in front of a server and spoils what passes, one request a connection: to its client it is a slow, broken or
 * lying S3 server. It also serves as an HTTP proxy, because a request line may name any host.
 */
public final class FaultProxy implements AutoCloseable {
    /** What happens to a request or its reply. */
    public enum Fault {
        /** Passes unharmed. */
        NONE,
        /** The reply is {@link Rule#reply}, and the server behind never sees the request. */
        ANSWER,
        /** No reply, ever. */
        HANG_BEFORE,
        /** Half of the reply's body, then silence. */
        HANG_WITHIN,
        /** Half of the reply's body, or of an upload, then the connection ends. */
        CUT,
        /** The request is done, but the connection ends before the reply. */
        LOST,
        /** Content-Length promises ten bytes more. */
        TOO_LONG,
        /** Content-Length promises ten bytes less. */
        TOO_SHORT,
        /** One byte in the middle of the reply's body, or of an upload, is another. */
        DAMAGED,
        /** Twenty pieces with 30 ms between, of the reply's body or of an upload. */
        SLOW,
        /** The request's body is not read to its end. */
        STUCK_UPLOAD
    }

    /**
     * Spoils requests of one method.
     *
     * @param method of HTTP
     * @param fault what to do
     * @param times how often, then no more
     * @param reply for {@link Fault#ANSWER}: the whole of it
     */
    public record Rule(String method, Fault fault, int times, String reply) {}

    private static final int PIECES = 20;
    private static final long PAUSE_MILLIS = 30;

    private final ServerSocket server;
    private final URI behind;
    private final Deque<Rule> rules = new ConcurrentLinkedDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean oneWriteAtATime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault proxy");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens on a free port; the server behind is {@code http://host:port}. */
    public FaultProxy(URI behind) throws IOException {
        this.behind = behind;
        server = new ServerSocket();
        server.setReceiveBufferSize(8 * 1024);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        threads.execute(this::accept);
    }

    /** Where it listens, on the same host name as {@link S3Server}. */
    public URI endpoint() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** Spoils the next requests of a method. */
    public void spoil(String method, Fault fault, int times) {
        rules.add(new Rule(method, fault, times, null));
    }

    /** Answers the next requests of a method itself; the body is an S3 error unless the code is empty. */
    public void answer(String method, int times, int status, String code, String... headers) {
        String body = code.isEmpty()
                ? ""
                : "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>said by the test</Message></Error>";
        StringBuilder reply = new StringBuilder("HTTP/1.1 " + status + " Test\r\n");
        Arrays.asList(headers).forEach(header -> reply.append(header).append("\r\n"));
        boolean bodiless = method.equals("HEAD");
        reply.append("Content-Length: ").append(bodiless ? 0 : body.length()).append("\r\n");
        reply.append("Connection: close\r\n\r\n").append(bodiless ? "" : body);
        rules.add(new Rule(method, Fault.ANSWER, times, reply.toString()));
    }

    /** From now on the server behind sees one PUT at a time. */
    public void serializeWrites() {
        oneWriteAtATime = true;
    }

    /** What came so far, as "METHOD path" without the query. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Forgets rules and requests. */
    public void reset() {
        rules.clear();
        requests.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            requests.add(line[0] + " " + line[1].replaceFirst("\\?.*", ""));
            Rule rule = take(line[0]);
            if (rule.fault() == Fault.STUCK_UPLOAD) {
                closed.await();
                return;
            }
            boolean upload = line[0].equals("PUT");
            if (upload && rule.fault() == Fault.CUT) {
                in.readNBytes(length(head) / 2);
                return;
            }
            byte[] body =
                    upload && rule.fault() == Fault.SLOW ? readSlowly(in, length(head)) : in.readNBytes(length(head));
            if (upload && rule.fault() == Fault.DAMAGED) {
                body[body.length / 2] ^= 1;
            }
            if (rule.fault() == Fault.ANSWER) {
                socket.getOutputStream().write(rule.reply().getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (rule.fault() == Fault.HANG_BEFORE) {
                closed.await();
                return;
            }
            byte[] reply = line[0].equals("PUT") && oneWriteAtATime ? forwardAlone(head, body) : forward(head, body);
            if (rule.fault() != Fault.LOST) {
                send(reply, rule.fault(), socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private static byte[] readSlowly(InputStream in, int length) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int piece = length / PIECES + 1;
        while (body.size() < length) {
            body.write(in.readNBytes(Math.min(piece, length - body.size())));
            Thread.sleep(PAUSE_MILLIS);
        }
        return body.toByteArray();
    }

    private synchronized Rule take(String method) {
        for (Rule rule : rules) {
            if (rule.method().equals(method)) {
                rules.remove(rule);
                if (rule.times() > 1) {
                    rules.addFirst(new Rule(method, rule.fault(), rule.times() - 1, rule.reply()));
                }
                return rule;
            }
        }
        return new Rule(method, Fault.NONE, 1, null);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }

    private byte[] forwardAlone(String head, byte[] body) throws IOException {
        synchronized (behind) {
            return forward(head, body);
        }
    }

    private byte[] forward(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(behind.getHost(), behind.getPort())) {
            String closing = head.replaceFirst("(?i)\r\nConnection:[^\r]*", "")
                    .replaceFirst("(?i)\r\n(Upgrade|HTTP2-Settings):[^\r]*", "")
                    .replaceFirst("^(\\w+) http://[^/]+", "$1 ")
                    .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(closing.getBytes(StandardCharsets.ISO_8859_1));
            try {
                out.write(body);
                out.flush();
            } catch (IOException e) {
                // The server has answered already and does not want the rest.
            }
            return socket.getInputStream().readAllBytes();
        }
    }

    private void send(byte[] reply, Fault fault, OutputStream out) throws IOException, InterruptedException {
        String text = new String(reply, StandardCharsets.ISO_8859_1);
        int split = text.indexOf("\r\n\r\n") + 4;
        byte[] body = Arrays.copyOfRange(reply, split, reply.length);
        int half = body.length / 2;
        if (fault == Fault.DAMAGED && body.length > 0) {
            body[half] ^= 1;
        }
        int more = fault == Fault.TOO_LONG ? 10 : fault == Fault.TOO_SHORT ? -10 : 0;
        String head = more == 0
                ? text.substring(0, split)
                : text.substring(0, split)
                        .replaceFirst("(?i)Content-Length: *\\d+", "Content-Length: " + (body.length + more));
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        switch (fault) {
            case HANG_WITHIN, CUT -> {
                out.write(body, 0, half);
                out.flush();
                if (fault == Fault.HANG_WITHIN) {
                    closed.await();
                }
            }
            case SLOW -> {
                int piece = body.length / PIECES + 1;
                for (int at = 0; at < body.length; at += piece) {
                    out.write(body, at, Math.min(piece, body.length - at));
                    out.flush();
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            default -> out.write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        try {
            server.close();
            for (Socket socket : List.copyOf(open)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
