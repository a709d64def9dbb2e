package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.InheritedOptions;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.KeptFiles;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import io.jenkins.plugins.dbtslim.run.ModeRules;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import io.jenkins.plugins.dbtslim.run.OnConflict;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestConflict;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.truth.PendingNode;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim build}: runs operations and a slim {@code dbt build} in one dbt process, and keeps what it left. */
@Command(
        name = "build",
        description = "Builds what differs from production's manifest, keeps the artifacts and writes the report.",
        sortOptions = false,
        footer = {
            "",
            "dbt gets this process' environment: put MZ_HOST, MZ_USER, MZ_PASSWORD and the like there.",
            "DBT_SLIM_SECRET_KEY, the same secret in all builds of a project, keys what is noted of environment",
            "variables, and parses (--keep-parse); macros cannot read it.",
            "Example: dbt-slim build --mode pullRequest --state .dbt-state --ci-tag pr_42"
        })
final class BuildCommand implements Callable<Integer> {
    private final Map<String, String> variables;
    private Provenance provenance;
    private RunOrigin origin = RunOrigin.NONE;
    private BehindProduction behind = BehindProduction.NOT;

    /** For what follows dbt's end. */
    private static final int SECONDS_TO_TELL = 60;

    @Spec
    CommandSpec spec;

    @Mixin
    DbtOptions options = new DbtOptions();

    @Mixin
    EnvironmentOption tagOption = new EnvironmentOption();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Where manifest.json and run_results.json of this build are kept; default:"
                    + " <project>/target/dbt-slim.")
    Path keep;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report of the build.")
    Path report;

    @Option(
            names = "--publish",
            paramLabel = "URI",
            description = "Where production's manifest lies: what is true of it is published there when the build ends,"
                    + " whatever its result.")
    String publish;

    @Mixin
    PublishingOptions publishing = new PublishingOptions();

    @Mixin
    OriginOptions origins = new OriginOptions();

    @Mixin
    ResultOutput output = new ResultOutput();

    private Path fetched;
    private ManifestStore store;
    private Condition expected;

    /** How long nodes took before, as the report knew it that this run's is to replace. */
    private Map<String, Double> formerSeconds = Map.of();

    private DbtDriver driver;

    /** Whether it came to run dbt: what went wrong before that is all there is to report. */
    private boolean ran;

    BuildCommand() {
        this(System.getenv());
    }

    BuildCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    /** A signal ends dbt, and then this goes on: report and result are those of an abort. */
    @Override
    public Integer call() throws Exception {
        return Interruptible.toItsEnd(DbtProcess.SECONDS_TO_END + SECONDS_TO_TELL, this::buildAndTell);
    }

    /** The sentence of what goes wrong comes before the end of it: after a signal, the JVM waits for no longer. */
    private Integer buildAndTell() throws Exception {
        try {
            return build();
        } catch (Exception e) {
            CommandLine command = spec.commandLine();
            return command.getExecutionExceptionHandler()
                    .handleExecutionException(e, command, command.getParseResult());
        }
    }

    private Integer build() throws IOException, InterruptedException {
        origin = origins.of(options.project.projectDir, publishing, variables);
        Path kept = keep == null ? options.project.projectDir.resolve("target").resolve("dbt-slim") : keep;
        if (report != null) {
            formerSeconds = SlimReportFile.lastSeconds(report);
            forgetReport();
        }
        try {
            return build(kept);
        } catch (IOException e) {
            if (!ran) {
                if (Files.isDirectory(kept)) {
                    KeptFiles.forget(kept);
                }
                report(DbtOutcome.without(RunStatus.ERROR, CliErrors.sentence(e)));
            }
            throw e;
        }
    }

    /** Whatever happens now, a report of an earlier run is not there afterwards. */
    private void forgetReport() throws IOException {
        if (Files.isRegularFile(report)) {
            Files.delete(report);
        }
        AtomicFile.check(report); // before anything is built
    }

    private Integer build(Path kept) throws IOException, InterruptedException {
        String tag = tag();
        options.onBehind();
        options.inherit(new InheritedOptions(variables));
        preparePublishing();
        DbtEnvironment environment = options.project.environment();
        environment.check();
        if (Manifests.isFirstRun(options.state, variables)) {
            output.log(spec).accept("dbt-slim: the fetch found no manifest yet, so everything is built");
            options.forgetState();
        }
        Path folder = Files.createTempDirectory("dbt-slim");
        try {
            tellPending();
            DbtOutcome outcome = run(environment, tag, kept, folder);
            Map<String, Object> published = leave(outcome, kept);
            tell(outcome, kept, published);
            return outcome.status().code();
        } finally {
            FileTree.delete(folder);
        }
    }

    /** The tag of the environment, or null. */
    @CheckForNull
    private String tag() throws UserException {
        String tag = tagOption.get(!options.allowed.contains(Guard.CI_TAG));
        if (tag != null || options.mode == Mode.none) {
            return tag;
        }
        if (options.mode == Mode.pullRequest) {
            if (origin.change() == null) {
                throw new UserException(
                        "--mode pullRequest builds in an environment of its own: give its tag with --ci-tag or"
                                + " the variable CI_TAG.");
            }
            return CiTag.ofChange(origin.change());
        }
        // Not by the commit's message: anybody may have written it, and the command knows no records of environments.
        output.log(spec)
                .accept("dbt-slim: no environment is dropped: --ci-tag or CI_TAG would name the merged pull request's");
        return null;
    }

    private DbtOutcome run(DbtEnvironment environment, String tag, Path kept, Path folder)
            throws IOException, InterruptedException {
        DbtPlan plan = options.plan(state(kept), tag, Terminal.colours());
        if (tag != null && plan.operations().stream().anyMatch(Operation::dropsEnvironment)) {
            options.project.protectedNames(options.state).require(tag);
        }
        driver = DbtDriver.install(folder, plan, environment, kept, SecretMask.secretNames(System.getenv()));
        try {
            return new DbtProcess(driver, EnvironmentOption.variables(tag)).run(output.writer(spec));
        } catch (DbtException e) {
            leave(DbtOutcome.without(RunStatus.ERROR, e.getMessage()), kept);
            throw e;
        }
    }

    /** Report and publication; production is what it is, whatever becomes of the report. */
    @CheckForNull
    private Map<String, Object> leave(DbtOutcome outcome, Path kept) throws IOException, InterruptedException {
        ran = true;
        IOException unreported = null;
        try {
            report(outcome);
        } catch (IOException e) {
            unreported = e;
        }
        // A run that was refused kept nothing, whatever lies there of another.
        Map<String, Object> published = publish(driver.hasKept() ? kept : null);
        if (unreported != null) {
            throw unreported;
        }
        return published;
    }

    /** Refuses before anything is built what would be refused after it. */
    private void preparePublishing() throws IOException, InterruptedException {
        if (publish == null) {
            if (options.replace && options.state != null) {
                requireFetched(options.state);
            }
            return;
        }
        if (options.mode == Mode.pullRequest) {
            throw new UserException(
                    "--publish is for deploys: a pull request's manifest would make production skip changes.");
        }
        fetched = options.state;
        store = publishing.open(publish, variables, output.log(spec));
        expected = fetched == null ? null : PublishingOptions.expected(fetched, store, variables);
        try {
            expected = new ManifestPublish(store, publishing.of(Path.of(""), expected, null, variables)).check();
        } catch (ManifestConflict e) {
            throw overtaken(e.what(), publish);
        }
        if (fetched == null && !(expected instanceof Condition.Absent)) {
            throw new UserException(
                    "There is a manifest at " + publish + " that tells what production has: fetch it, and"
                            + " give it with --state, or the published"
                            + " manifest could not keep what this build does not build.");
        }
    }

    /** What is replaced in place is what the state says, or somebody deployed since. */
    private void requireFetched(Path state) throws IOException, InterruptedException {
        FetchRecord record = FetchRecord.of(Manifests.state(state), variables);
        ProvenanceFile.Seen seen = record.seen().orElse(null);
        if (seen == null || publishing.onConflict() == OnConflict.overwrite) {
            return;
        }
        Condition now;
        try {
            now = ManifestPublish.asOfNow(publishing.open(seen.uri(), variables, output.log(spec)));
        } catch (StoreException e) {
            output.log(spec)
                    .accept("dbt-slim: whether somebody deployed since the state was fetched is not known: "
                            + e.getMessage());
            return;
        }
        if (!now.equals(seen.unchanged())) {
            throw overtaken("another manifest was published", seen.uri());
        }
    }

    private static UserException overtaken(String what, String uri) {
        return new UserException("Nothing was built: " + what + " since production's manifest was fetched from " + uri
                + ". Fetch it and build again, or give --on-conflict overwrite.");
    }

    /** What production's manifest says of former deploys. */
    private void tellPending() throws IOException {
        Path state = options.stateFile();
        List<PendingNode> pending =
                state == null || !Files.exists(state) ? List.of() : ProductionManifest.pending(state);
        if (!pending.isEmpty()) {
            output.log(spec).accept("dbt-slim: " + PendingNode.sentence(pending));
        }
    }

    /** Gives what scripts want to know, or null where nothing was to be published. */
    @CheckForNull
    private Map<String, Object> publish(@CheckForNull Path kept) throws IOException, InterruptedException {
        if (publish == null) {
            return null;
        }
        Path manifest = kept == null ? null : kept.resolve(Artifacts.MANIFEST);
        if (manifest == null || !Files.exists(manifest)) {
            output.log(spec)
                    .accept("dbt-slim: Nothing of this run is in production: it left no manifest. Production's manifest"
                            + " stays as it is.");
            return Map.of();
        }
        return new TruePublication(store, publishing, variables, output.log(spec)).run(manifest, fetched, expected);
    }

    /** What the report tells of the options. */
    private RunFacts facts() {
        List<String> select =
                options.selector == null ? options.effectiveSelect() : List.of("selector:" + options.selector);
        RunFacts facts = new RunFacts(select, options.exclude, options.target(), options.defers());
        return (options.replace ? facts.selectingOtherwise() : facts)
                .selectedWith(options.indirectSelection, options.extraArgs)
                .from(origin)
                .comparedWith(provenance)
                .firstRun(options.isFirstRun())
                .behind(behind)
                .after(formerSeconds);
    }

    private void report(DbtOutcome outcome) throws IOException {
        if (report != null) {
            SecretMask mask = SecretMask.ofEnvironment(variables);
            try (Heartbeat heartbeat =
                    Heartbeat.during("Writing the report", spec.commandLine().getErr()::println)) {
                SlimReportFile.write(report, RunReport.of(outcome, options.stateFile(), facts(), mask::mask));
            }
        }
    }

    private void tell(DbtOutcome outcome, Path kept, Map<String, Object> published) throws IOException {
        BuildSummary summary = new BuildSummary(outcome, kept);
        output.log(spec).accept(summary.line());
        String unsaid = ModeRules.unpublished(options.mode, outcome.status(), summary.built(), publish != null);
        if (unsaid != null) {
            output.log(spec).accept("dbt-slim: " + unsaid);
        }
        Map<String, Object> result = summary.map();
        if (published != null) {
            result.put("published", published);
        }
        output.result(spec, result);
        if (!outcome.status().isOk() && outcome.error() != null) {
            throw new UserException(outcome.error());
        }
        if (outcome.status() == RunStatus.ABORTED) {
            // Said here: after a signal, the JVM does not wait for what comes after the command.
            spec.commandLine()
                    .getErr()
                    .println(spec.qualifiedName() + ": dbt was aborted; what was finished before is in " + kept
                            + ": build again to go on.");
        }
    }

    /**
     * dbt wants a directory with manifest.json; it is looked at before dbt starts. dbt notes it in its results, and a later
     * {@code dbt retry} reads it again, so it stays.
     */
    private Path state(Path kept) throws IOException, InterruptedException {
        if (options.state == null) {
            return null;
        }
        Path file = Manifests.existingState(options.state).toAbsolutePath().normalize();
        ManifestReader.readMetadata(file);
        provenance = FetchRecord.of(file, variables).provenance().orElse(null);
        if (options.onBehind() != OnBehind.ignore) {
            behind = BehindProduction.of(options.project.projectDir, provenance == null ? null : provenance.commit());
            options.onBehind().judge(behind, line -> output.log(spec).accept("dbt-slim: " + line));
        }
        if (file.endsWith(Artifacts.MANIFEST)) {
            return file.getParent();
        }
        Path directory =
                Files.createDirectories(kept.toAbsolutePath().normalize().resolve("state"));
        Files.copy(file, directory.resolve(Artifacts.MANIFEST), StandardCopyOption.REPLACE_EXISTING);
        return directory;
    }
}
