package io.jenkins.plugins.dbtslim.standin;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Stands before a PostgreSQL and speaks its protocol as Materialize would to dbt-materialize: it takes the session options
 * that only Materialize knows, tells Materialize's version, and rewrites statements ({@link StatementRewriter}). dbt
 * sends statements as simple queries only, so that nothing else of the protocol needs a look.
 */
final class MaterializeProxy implements AutoCloseable {
    private static final Set<String> OPTIONS = Set.of(
            "auto_route_catalog_queries",
            "welcome_message",
            "current_object_missing_warnings",
            "cluster",
            "transaction_isolation");
    private static final int CANCEL = 80877102;
    private static final int SSL = 80877103;
    private static final int GSS = 80877104;

    private final int server;
    private final ServerSocket listening;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    /** Listens on a free port of this machine. */
    MaterializeProxy(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        background(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What clients sent so far, as they sent it. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** Something that ends with an exception when a connection does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side is gone, which is how connections end.
                    }
                },
                "Materialize stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            background(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket database = new Socket(InetAddress.getLoopbackAddress(), server)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(database.getOutputStream());
            if (begin(in, client, out)) {
                background(() -> answer(database, client));
                forward(in, out);
            }
        }
    }

    /** The first message; true if a session follows. */
    private static boolean begin(DataInputStream in, Socket client, DataOutputStream out) throws IOException {
        while (true) {
            byte[] body = new byte[in.readInt() - 8];
            int code = in.readInt();
            in.readFully(body);
            if (code == SSL || code == GSS) {
                client.getOutputStream().write('N');
                continue;
            }
            byte[] sent = code == CANCEL ? body : withoutOptions(body);
            out.writeInt(sent.length + 8);
            out.writeInt(code);
            out.write(sent);
            out.flush();
            return code != CANCEL;
        }
    }

    private static byte[] withoutOptions(byte[] body) {
        String[] words = new String(body, StandardCharsets.UTF_8).split("\0", -1);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i + 1 < words.length; i += 2) {
            String value = words[i].equals("options") ? knownToPostgres(words[i + 1]) : words[i + 1];
            if (!value.isEmpty()) {
                kept.append(words[i]).append('\0').append(value).append('\0');
            }
        }
        return kept.append('\0').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String knownToPostgres(String options) {
        return Arrays.stream(options.split(" +"))
                .filter(option ->
                        !OPTIONS.contains(option.replaceFirst("^(--|-c)", "").split("=", 2)[0]))
                .collect(Collectors.joining(" "));
    }

    private void forward(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            if (type == 'Q') {
                String sql = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
                statements.add(sql.strip());
                body = (StatementRewriter.rewrite(sql) + "\0").getBytes(StandardCharsets.UTF_8);
            }
            write(out, type, body);
        }
    }

    private static void answer(Socket database, Socket client) throws IOException {
        try (Closeable other = client) {
            DataInputStream in = new DataInputStream(database.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            boolean told = false;
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = new byte[in.readInt() - 4];
                in.readFully(body);
                if (type == 'E' && !told) {
                    body = inMaterializesWords(body);
                }
                if (type == 'Z' && !told) {
                    write(out, 'S', "mz_version\0v26.43.0 (stand-in)\0".getBytes(StandardCharsets.UTF_8));
                    told = true;
                }
                write(out, type, body);
            }
        }
    }

    /** It tells a password and a role that it does not know alike. */
    private static byte[] inMaterializesWords(byte[] error) {
        String fields = new String(error, StandardCharsets.UTF_8);
        return fields.replaceFirst("\0Mpassword authentication failed for user [^\0]*\0", "\0Minvalid password\0")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, int type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 5);
        DataOutputStream fields = new DataOutputStream(message);
        fields.writeByte(type);
        fields.writeInt(body.length + 4);
        fields.write(body);
        message.writeTo(out);
        out.flush();
    }
}
