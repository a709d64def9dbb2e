package io.jenkins.plugins.dbtslim.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server from the binaries of the system (Debian: postgresql), with its data in a temporary folder. Over TCP
 * it asks for passwords (scram-sha-256), as Materialize does; the administrator comes by the socket without one.
 */
final class PostgresServer implements AutoCloseable {
    static final String USER = "dbt";
    static final String PASSWORD = "pass-w0rd of/dbt";

    private static final String ADMIN = "admin";

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Thread atExit = new Thread(this::stop, "stop PostgreSQL");

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Whether the system has a PostgreSQL server. */
    static boolean isInstalled() {
        return programs() != null;
    }

    /** Makes and starts a server with the role {@link #USER}. */
    static PostgresServer start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                Path.of("/tmp"), // a socket's path has 107 characters at most
                "postgres",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        PostgresServer server = new PostgresServer(programs(), folder, freePort());
        server.own("initdb", "--username=" + ADMIN, "--auth-local=trust", "--auth-host=scram-sha-256")
                .with("--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions", server.data())
                .run();
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.own(
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--silent",
                        "--log=" + folder.resolve("log"),
                        "--pgdata=" + server.data())
                .with("--options=-p " + server.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                        + folder + " -c fsync=off -c jit=off -c max_connections=60")
                .run();
        server.psql("postgres", "create role " + USER + " login createrole createdb password '" + PASSWORD + "'");
        return server;
    }

    int port() {
        return port;
    }

    /** Runs statements as the administrator and gives what they select, a line a row, columns separated by |. */
    String psql(String database, String sql) throws IOException, InterruptedException {
        return administrator(database).input(sql).run().strip();
    }

    /** Begins to run a statement as the administrator. */
    Process start(String database, String sql) throws IOException {
        return administrator(database).with("--command=" + sql).start();
    }

    private Program administrator(String database) {
        return new Program(programs.resolve("psql"))
                .with("--host=" + folder, "--port=" + port, "--username=" + ADMIN, "--dbname=" + database)
                .with("--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1");
    }

    private Program own(String program, String... words) {
        Program run = isRoot()
                ? new Program(Path.of("setpriv"))
                        .with("--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
                        .with(programs.resolve(program).toString())
                : new Program(programs.resolve(program));
        return run.with(words).in(folder);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void stop() {
        try {
            own("pg_ctl", "stop", "--mode=immediate", "--silent", "--pgdata=" + data())
                    .run();
        } catch (IOException e) {
            // It was not running.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** PostgreSQL refuses to run as root, as which tests in containers often do. */
    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Debian keeps a server's programs off the PATH, in a folder for each version. */
    private static Path programs() {
        List<Path> folders = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.comparing((Path version) -> number(version))
                                .reversed())
                        .forEach(version -> folders.add(version.resolve("bin")));
            } catch (IOException e) {
                return null;
            }
        }
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .forEach(folders::add);
        return folders.stream()
                .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                .findFirst()
                .orElse(null);
    }

    private static int number(Path version) {
        String name = version.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }
}
