package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonGenerator;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcomeReader;
import io.jenkins.plugins.dbtslim.dbt.result.KeptFiles;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The Python program that runs a plan, laid out on the machine that has dbt as one file ({@code src/main/python}).
 *
 * <p>Use: {@link #install} it into a temporary folder outside the workspace, start {@link #command} with {@code exec} (a
 * signal must reach it and not a shell), and read {@link #outcome} once it ended. On SIGTERM
 * or SIGINT it interrupts dbt, which cancels open statements and writes its results, and ends after at most 15 seconds.
 */
public final class DbtDriver {
    private static final String PROGRAM = "dbt_slim.pyz";
    /** The modules of the package dbt_slim. */
    private static final List<String> MODULES = List.of(
            "__init__",
            "__main__",
            "attached",
            "blue_green",
            "catalogue",
            "child",
            "closure",
            "columns",
            "commands",
            "compare",
            "data",
            "database",
            "deployment",
            "doctor",
            "environment",
            "errors",
            "events",
            "folder_lock",
            "guards",
            "heartbeat",
            "held",
            "incremental",
            "inputs",
            "interrupt",
            "keep",
            "lineage",
            "one_process",
            "packages",
            "parses",
            "patches",
            "plan",
            "profiles",
            "reached",
            "recreation",
            "replacement",
            "run",
            "seeds",
            "sql");

    private static final String ENTRY = "from dbt_slim.__main__ import main\n\nmain()\n";
    static final String PLAN = "plan.json";

    private final Path folder;
    private final Path keep;
    private final Path program;
    private final Path planFile;
    private final DbtEnvironment environment;

    private DbtDriver(Path folder, Path keep, DbtEnvironment environment) {
        this.folder = folder;
        this.keep = keep;
        this.program = folder.resolve(PROGRAM);
        this.planFile = folder.resolve(PLAN);
        this.environment = environment;
    }

    /**
     * Writes driver and plan.
     *
     * @param folder an existing folder of this run's own, whose name is the run's id; remove it afterwards
     * @param keep where the driver leaves manifest.json, run_results.json, events.jsonl and outcome.json; made if
     *     missing. The driver removes what a run before left there, once it knows that none is at work there
     * @param secretVariables names of environment variables whose values must not reach a kept file
     */
    public static DbtDriver install(
            Path folder, DbtPlan plan, DbtEnvironment environment, Path keep, List<String> secretVariables)
            throws IOException {
        DbtDriver driver = new DbtDriver(folder, keep, environment);
        pack(driver.program);
        Files.writeString(
                driver.planFile,
                json(id(folder), plan, FirstRun.state(plan, folder), environment, keep, secretVariables));
        return driver;
    }

    /** The words of the command line that runs the plan. */
    public List<String> command() {
        return command("run");
    }

    /** The words of the command line that looks whether the plan could run. */
    public List<String> doctorCommand() {
        return command("doctor");
    }

    private List<String> command(String what) {
        return List.of(environment.python(), program.toString(), what, planFile.toString());
    }

    /** What came of it, once its process ended with this status. */
    public DbtOutcome outcome(int exitStatus) throws IOException {
        return outcome(folder, keep, exitStatus);
    }

    /** Whether what lies in the kept folder is of this run, and not of another. */
    public boolean hasKept() throws IOException {
        return KeptFiles.isOf(id(folder), keep);
    }

    /** Ends what the run has left behind, once its process ended; gives the numbers of processes that go on. */
    public List<String> endRest() throws InterruptedException {
        return new RunProcesses(folder).end(false, Duration.ZERO).left();
    }

    /**
     * What came of the run that was installed into this folder.
     *
     * @param exitStatus of its process, or null where it is not known
     * @throws DbtException where it left nothing, or its process ended otherwise than it says
     */
    public static DbtOutcome outcome(Path folder, Path keep, @CheckForNull Integer exitStatus) throws IOException {
        return DbtOutcomeReader.read(folder, keep, id(folder), exitStatus);
    }

    private static String id(Path folder) {
        return folder.getFileName().toString();
    }

    /** Removes what only the running driver needed. */
    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(PROGRAM));
        Files.deleteIfExists(folder.resolve(PLAN));
        FirstRun.remove(folder);
    }

    /** One file, from whose place Python imports nothing but the package: no module is found there by accident. */
    private static void pack(Path program) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(program))) {
            for (String module : MODULES) {
                zip.putNextEntry(new ZipEntry("dbt_slim/" + module + ".py"));
                try (InputStream source = DbtDriver.class.getResourceAsStream("/dbt_slim/" + module + ".py")) {
                    source.transferTo(zip);
                }
            }
            zip.putNextEntry(new ZipEntry("__main__.py"));
            zip.write(ENTRY.getBytes(StandardCharsets.UTF_8));
        }
    }

    public static String json(
            String id,
            DbtPlan plan,
            List<String> noState,
            DbtEnvironment environment,
            Path keep,
            List<String> secretVariables)
            throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", id);
        fields.put("venv", environment.isVenv());
        fields.put("dbt", environment.dbt());
        fields.put("keep", keep.toAbsolutePath().toString());
        fields.put("project_dir", plan.projectDir());
        if (plan.targetOf() != null) {
            fields.put("target_of", plan.targetOf());
        }
        fields.put("deps", plan.deps().name());
        fields.put("state", plan.state());
        fields.put("common", plan.commonArguments());
        fields.put(
                "selection",
                Stream.concat(plan.selectionArguments().stream(), noState.stream())
                        .toList());
        fields.put("build", plan.buildArguments());
        fields.put("builds", plan.builds());
        fields.put("own_environment", plan.ownEnvironment());
        fields.put("copy_privileges", plan.materialize().copyPrivileges());
        fields.put("replace_seconds", 60 * plan.materialize().replaceMinutes());
        fields.put("environments", plan.materialize().environments());
        fields.put("refresh_changed", plan.fullRefreshModified());
        fields.put("also_changed", plan.alsoChanged());
        fields.put("keep_parse", plan.keepParse());
        fields.put("allow", plan.allowed().stream().map(Guard::id).toList());
        if (plan.compare() != null) {
            fields.put("compare", plan.compare().fields());
        }
        fields.put(
                "deployment",
                plan.deployment() == null ? null : plan.deployment().fields());
        fields.put(
                "operations",
                plan.operations().stream()
                        .map(operation -> fields(operation, plan))
                        .toList());
        fields.put("before", words(plan.before()));
        fields.put("after", words(plan.after()));
        fields.put("secret_variables", secretVariables);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonObject.JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            JsonObject.write(json, fields);
        }
        return text.toString();
    }

    private static Map<String, Object> fields(Operation operation, DbtPlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("macro", operation.macro());
        fields.put("args", operation.args());
        fields.put("tag", operation.tag());
        fields.put("optional", operation.optional());
        fields.put("common", plan.commonArguments(operation));
        return fields;
    }

    private static List<List<String>> words(List<DbtCommand> commands) {
        return commands.stream().map(DbtCommand::words).toList();
    }
}
