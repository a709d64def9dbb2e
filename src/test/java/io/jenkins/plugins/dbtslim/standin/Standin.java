package io.jenkins.plugins.dbtslim.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh database for each test, on one server for all of them:
 *
 * <pre>
 * &#64;RegisterExtension
 * final Standin materialize = Standin.materialize();
 * </pre>
 *
 * Without PostgreSQL on the machine the tests are skipped, but fail where {@code CI=true}.
 */
public final class Standin implements BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String CATALOG = "catalog";

    private final boolean isMaterialize;
    private Servers servers;
    private String database;
    private MaterializeProxy proxy;

    private Standin(boolean isMaterialize) {
        this.isMaterialize = isMaterialize;
    }

    /** Answers dbt-materialize. */
    public static Standin materialize() {
        return new Standin(true);
    }

    /** A plain PostgreSQL, for dbt-postgres. */
    public static Standin postgres() {
        return new Standin(false);
    }

    /** The server, for all test classes of this JVM. */
    private record Servers(PostgresServer postgres) implements AutoCloseable {
        static Servers start() {
            try {
                PostgresServer postgres = PostgresServer.start();
                postgres.psql("postgres", "create database " + CATALOG + " owner " + PostgresServer.USER);
                postgres.psql(CATALOG, resource("catalog.sql") + "alter schema public owner to " + PostgresServer.USER);
                return new Servers(postgres);
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL cannot be started: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        assumeTrue(
                PostgresServer.isInstalled() || "true".equals(System.getenv("CI")),
                "There is no PostgreSQL server here: install it (Debian, Ubuntu: apt-get install postgresql)");
        servers = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Standin.class))
                .getOrComputeIfAbsent(Servers.class, key -> Servers.start(), Servers.class);
        database = "test_" + NUMBER.incrementAndGet();
        servers.postgres()
                .psql(
                        "postgres",
                        "create database " + database + " owner " + PostgresServer.USER
                                + (isMaterialize ? " template " + CATALOG : ""));
        if (isMaterialize) {
            sql("alter database " + database + " set search_path = public, mz_catalog");
            // Materialize cancels what a client that is gone has begun, and dbt-materialize relies on it.
            sql("alter database " + database + " set client_connection_check_interval = '200ms'");
            proxy = new MaterializeProxy(servers.postgres().port());
        } else {
            sql("alter schema public owner to " + PostgresServer.USER);
        }
        sql("set role " + PostgresServer.USER + ";\n" + resource("project/seed.sql"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        if (database != null) {
            servers.postgres().psql("postgres", "drop database " + database + " with (force)");
        }
    }

    /** Runs statements as an administrator, past the proxy; gives what they select, a line a row, columns separated by |. */
    public String sql(String statements) throws IOException, InterruptedException {
        return servers.postgres().psql(database, statements);
    }

    /** A cluster, as an operator of Materialize would make one. */
    public void createCluster(String name, int replicas) throws IOException, InterruptedException {
        sql("set role " + PostgresServer.USER + "; select mz_shim.create_cluster('" + name + "', '50cc', " + replicas
                + ")");
    }

    /** The clusters that there are, one a line. */
    public String clusters() throws IOException, InterruptedException {
        return sql("select name from mz_shim.clusters where name <> 'quickstart' order by 1");
    }

    /** The schemas of the project that there are, one a line. */
    public String schemas() throws IOException, InterruptedException {
        return sql("select nspname from pg_namespace where nspowner = '" + PostgresServer.USER
                + "'::regrole and nspname not in ('public', 'raw') order by 1");
    }

    /** Lets things go wrong: hydrate_after_ms, lag_ms, oom_cluster, swap_conflicts (the next so many swaps fail). */
    public void set(String knob, String value) throws IOException, InterruptedException {
        sql("update mz_shim.settings set value = '" + value + "' where key = '" + knob + "';"
                + " select setval('mz_shim.conflicts', 1, false)");
    }

    /** Somebody who reads a relation and keeps others from dropping it, until closed. */
    public AutoCloseable reader(String relation) throws IOException, InterruptedException {
        Process psql = servers.postgres()
                .start(database, "begin; select count(*) from " + relation + "; select pg_sleep(600)");
        String sleeping = "select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event = 'PgSleep' and pid <> pg_backend_pid()";
        while (psql.isAlive() && sql(sleeping).equals("0")) {
            Thread.sleep(50);
        }
        return psql::destroy;
    }

    /** What dbt sent so far. */
    public List<String> statements() {
        return proxy.statements();
    }

    String database() {
        return database;
    }

    /** The environment with which the sample project reaches this database. */
    public Map<String, String> environment() {
        return Map.of(
                "MZ_ADAPTER",
                isMaterialize ? "materialize" : "postgres",
                "MZ_HOST",
                "127.0.0.1",
                "MZ_PORT",
                Integer.toString(
                        isMaterialize ? proxy.port() : servers.postgres().port()),
                "MZ_USER",
                PostgresServer.USER,
                "MZ_PASSWORD",
                PostgresServer.PASSWORD,
                "MZ_DATABASE",
                database,
                "MZ_SSLMODE",
                "disable");
    }

    /** The sample project, written into a folder. */
    public static SampleProject project(Path folder) throws IOException {
        return new SampleProject(folder);
    }

    /**
     * An environment with dbt-materialize and dbt-postgres.
     *
     * @param dbt version of dbt-core: 1.8 to 1.11
     */
    public static Path venv(String dbt) throws IOException, InterruptedException {
        Path requirements = Files.createTempFile("requirements", ".txt");
        try {
            Files.writeString(requirements, resource("requirements-" + dbt + ".txt"));
            return DbtVenv.obtain(requirements, System.out::println);
        } finally {
            Files.delete(requirements);
        }
    }

    static String resource(String name) throws IOException {
        try (var in = Standin.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
