package io.jenkins.plugins.dbtslim.demo;

import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job on a sample project, with real dbt (DuckDB) and an S3 server in this JVM: production is built and its
 * manifest published; a pull request changes a model and a macro and adds a model; its slim build fetches the manifest,
 * builds what that set off, and tells it; the merged change is published.
 */
public final class Demo {
    private static final Path SOURCES = Path.of("src/demo");
    private static final String MANIFEST = "s3://roastery-production/dbt/manifest.json";

    private final Path work;
    private final PrintStream out;
    private final long started = System.nanoTime();
    private Path venv;
    private SlimCommand command;

    /** A demo that works in this folder, which it empties first. */
    public Demo(Path work, PrintStream out) {
        this.work = work.toAbsolutePath();
        this.out = out;
    }

    /** Runs the demo; the exit status is 0, or 2 with one sentence on standard error. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status = 0;
        try {
            new Demo(Path.of(args[0]), out).run();
        } catch (IOException e) {
            System.err.println("demo: " + e.getMessage());
            status = 2;
        }
        System.exit(status);
    }

    /** Runs it; gives what dbt did in the pull request's slim build. */
    public DbtOutcome run() throws IOException, InterruptedException {
        out.println("dbt Slim Deployments: the main job on a sample project");
        venv = DbtVenv.obtain(SOURCES.resolve("requirements.txt"), this::step);
        delete(work);
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket("roastery-production");
            command = new SlimCommand(work.resolve("demo.log"))
                    .with("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY)
                    .with("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY)
                    .with("AWS_REGION", "us-east-1")
                    .with("ROASTERY_DATABASE", work.resolve("roastery.duckdb").toString());
            String[] store = {"--endpoint", s3.endpoint().toString(), "--path-style"};

            Path production = copy(SOURCES.resolve("project"), work.resolve("production"));
            step("Production: dbt builds everything");
            slim("build", dbt(production, "--target", "production", "--keep", work + "/production-kept"));
            step("Production: its manifest is published to " + MANIFEST);
            slim("publish", join(store, "--manifest", work + "/production-kept/manifest.json", "--to", MANIFEST));

            Path change = copy(SOURCES.resolve("project"), work.resolve("pull-request"));
            copy(SOURCES.resolve("pull-request"), change);
            step("Pull request 42: changes customer_revenue and the macro cents_to_euros, adds repeat_customers");
            Path state = work.resolve("state");
            slim("fetch", join(store, "--from", MANIFEST, "--to", state.toString()));
            step("Pull request 42: slim build into the schema pr_42, the rest read from production");
            DbtOutcome outcome = slimBuild(change, state);
            slim(
                    "report",
                    work + "/pull-request.report",
                    "--html",
                    work + "/report.html",
                    "--markdown",
                    work + "/report.md");
            tell(work.resolve("pull-request.report"));
            step("Its report is " + relative(work.resolve("report.html")));

            step("Merged: production is built slim, its manifest published if nobody else did meanwhile");
            slim(
                    "build",
                    dbt(
                            change,
                            "--target",
                            "production",
                            "--state",
                            state.toString(),
                            "--keep",
                            work + "/merged-kept"));
            slim(
                    "publish",
                    join(
                            store,
                            "--manifest",
                            work + "/merged-kept/manifest.json",
                            "--to",
                            MANIFEST,
                            "--state",
                            state.toString()));
            step("Done; all that was printed is in " + relative(work.resolve("demo.log")));
            return outcome;
        }
    }

    private DbtOutcome slimBuild(Path project, Path state) throws IOException, InterruptedException {
        Path kept = work.resolve("pull-request-kept");
        slim(
                "build",
                dbt(
                        project,
                        "--state",
                        state.toString(),
                        "--defer",
                        "--ci-tag",
                        "pr_42",
                        "--operation",
                        "create_environment",
                        "--compare-data",
                        "--compare-samples",
                        "--keep",
                        kept.toString(),
                        "--report",
                        work + "/pull-request.report"));
        return DbtOutcome.read(kept);
    }

    /** What was built, why, how it went, and what was not needed. */
    private void tell(Path file) throws IOException {
        try (SlimReportFile report = SlimReportFile.open(file)) {
            int tests = 0;
            for (ReportNode node : report.report().nodes()) {
                if (node.type().equals("test")) {
                    tests += node.run() == null ? 0 : 1;
                } else {
                    String status = node.run() == null ? "-" : node.run().status();
                    out.printf("            %-18s %-8s %s%n", node.name(), status, why(node));
                }
            }
            List<String> spared = report.notRebuilt().stream()
                    .map(id -> id.substring(id.lastIndexOf('.') + 1))
                    .toList();
            out.println("            and " + tests + " tests; not needed: " + String.join(", ", spared));
        }
    }

    private static String why(ReportNode node) {
        String reasons = node.reasons().stream()
                .map(reason -> reason.aspect() + (reason.details().isEmpty() ? "" : " " + reason.details()))
                .collect(Collectors.joining("; "));
        String kind = node.change().key();
        return reasons.isEmpty() ? kind : kind + ": " + reasons;
    }

    private String[] dbt(Path project, String... more) {
        return join(
                more,
                "--project-dir",
                project.toString(),
                "--profiles-dir",
                project.toString(),
                "--venv",
                venv.toString());
    }

    private void slim(String name, String... args) throws IOException, InterruptedException {
        SlimCommand.Result result = command.run(join(args, name));
        if (result.status() != 0) {
            List<String> lines = result.output().strip().lines().toList();
            throw new IOException("dbt-slim " + name + " ended with " + result.status() + ": "
                    + lines.get(lines.size() - 1) + " (see " + relative(work.resolve("demo.log")) + ")");
        }
    }

    private void step(String text) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - started) / 1e9, text);
    }

    /** The first words go before the options. */
    private static String[] join(String[] options, String... first) {
        List<String> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }

    private static Path relative(Path file) {
        return Path.of("").toAbsolutePath().relativize(file);
    }

    private static Path copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path destination = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(destination);
            } else {
                Files.copy(path, destination, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
