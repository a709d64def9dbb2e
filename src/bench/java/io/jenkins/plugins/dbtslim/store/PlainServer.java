package io.jenkins.plugins.dbtslim.store;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP server that does nothing but read and write its sockets, so that what is measured is the client: answers each
 * GET with the same number of bytes, and swallows the body of each PUT.
 */
public final class PlainServer implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private final byte[] piece;
    private final long size;
    private final ServerSocket server;

    /**
     * Listens on loopback.
     *
     * @param piece of a body, repeated
     * @param size of the body of a GET's answer, a multiple of the piece's
     */
    public PlainServer(byte[] piece, long size) throws IOException {
        this.piece = piece;
        this.size = size;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "plain server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Of any object. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/bucket/manifest.json";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                thread(() -> answer(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 128 * 1024);
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            String request = head.toString().toLowerCase(Locale.ROOT);
            if (request.contains("expect:")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            boolean get = request.startsWith("get ");
            Matcher length = LENGTH.matcher(request);
            swallow(in, length.find() ? Long.parseLong(length.group(1)) : 0);
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + (get ? size : 0) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (long sent = 0; get && sent < size; sent += piece.length) {
                out.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void swallow(InputStream in, long bytes) throws IOException {
        byte[] room = new byte[128 * 1024];
        for (long left = bytes; left > 0; ) {
            int read = in.read(room, 0, (int) Math.min(room.length, left));
            if (read < 0) {
                throw new IOException("the body ended " + left + " bytes early");
            }
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
