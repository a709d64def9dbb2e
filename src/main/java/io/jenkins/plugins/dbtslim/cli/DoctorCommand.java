package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.doctor.DbtProbe;
import io.jenkins.plugins.dbtslim.doctor.Finding;
import io.jenkins.plugins.dbtslim.doctor.FindingTable;
import io.jenkins.plugins.dbtslim.doctor.Level;
import io.jenkins.plugins.dbtslim.doctor.StateProbe;
import io.jenkins.plugins.dbtslim.doctor.StoreProbe;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim doctor}: whether a build would find what it needs, as a table. */
@Command(
        name = "doctor",
        description = "Looks at Python, dbt, adapter, project, profile, database, state and store, and says what is"
                + " missing. Changes nothing.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  dbt-slim doctor --target production --state .dbt-state \\",
            "    --from s3://my-bucket/prod/manifest.json"
        },
        exitCodeList = {"0:a build can go well", "1:something is in its way", "2:usage error"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR|FILE",
            description = "Production's manifest, or the directory with its manifest.json.")
    Path state;

    @Option(names = "--from", paramLabel = "URI", description = "The store to look at, as of \"dbt-slim fetch\".")
    String from;

    @Mixin
    StoreOptions store = new StoreOptions();

    @Option(
            names = "--output",
            paramLabel = "table|json",
            description = "What is printed: a table, or one JSON object a line; default: table.")
    Output output = Output.TABLE;

    /** What is printed. */
    enum Output {
        TABLE,
        JSON
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Heartbeat heartbeat =
                Heartbeat.during("Looking", spec.commandLine().getErr()::println)) {
            return work();
        }
    }

    private int work() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.java());
        findings.addAll(dbt());
        findings.add(StateProbe.look(Manifests.state(state), Instant.now()));
        findings.addAll(store());
        PrintWriter out = spec.commandLine().getOut();
        FindingTable table = new FindingTable(findings);
        out.print(output == Output.JSON ? table.json() : table.text());
        out.flush();
        return findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM) ? 1 : 0;
    }

    private List<Finding> dbt() throws IOException, InterruptedException {
        DbtEnvironment environment = project.environment();
        try {
            environment.check();
        } catch (DbtException e) {
            return List.of(Finding.problem("Python", e.getMessage(), ""));
        }
        Path folder = Files.createTempDirectory("dbt-slim");
        try {
            DbtDriver driver = DbtDriver.install(
                    folder, project.plan().build(), environment, folder, SecretMask.secretNames(System.getenv()));
            return printed(driver.doctorCommand()).findings(environment.python());
        } catch (DbtException e) {
            return List.of(Finding.problem("Python", e.getMessage(), ""));
        } finally {
            FileTree.delete(folder);
        }
    }

    /** What the program printed, its errors included. */
    private static DbtProbe printed(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new DbtException(command.get(0) + " cannot be started: install Python 3.9 or newer.", e);
        }
        try (DbtProbe probe = new DbtProbe();
                InputStream in = process.getInputStream()) {
            in.transferTo(probe);
            process.waitFor();
            return probe;
        } finally {
            process.destroy();
        }
    }

    private List<Finding> store() throws InterruptedException {
        if (from == null) {
            return List.of(Finding.skipped("store", "none was named (--from)"));
        }
        try {
            return StoreProbe.look(store.open(from, Encryption.BUCKET_DEFAULT, System.getenv(), line -> {}));
        } catch (StoreException e) {
            return List.of(Finding.problem("store", e.getMessage(), ""));
        }
    }
}
