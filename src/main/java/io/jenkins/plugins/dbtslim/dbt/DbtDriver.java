package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcomeReader;
import io.jenkins.plugins.dbtslim.dbt.result.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final JsonFactory JSON = new JsonFactory();

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
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("run", id);
            json.writeBooleanField("venv", environment.isVenv());
            json.writeStringField("dbt", environment.dbt());
            json.writeStringField("keep", keep.toAbsolutePath().toString());
            json.writeStringField("project_dir", plan.projectDir());
            if (plan.targetOf() != null) {
                json.writeStringField("target_of", plan.targetOf());
            }
            json.writeStringField("deps", plan.deps().id());
            json.writeStringField("state", plan.state());
            strings(json, "common", plan.commonArguments());
            strings(
                    json,
                    "selection",
                    Stream.concat(plan.selectionArguments().stream(), noState.stream())
                            .toList());
            strings(json, "build", plan.buildArguments());
            json.writeBooleanField("builds", plan.builds());
            json.writeBooleanField("own_environment", plan.ownEnvironment());
            json.writeBooleanField("copy_privileges", plan.materialize().copyPrivileges());
            json.writeNumberField("replace_seconds", 60 * plan.materialize().replaceMinutes());
            strings(json, "environments", plan.materialize().environments());
            json.writeBooleanField("refresh_changed", plan.fullRefreshModified());
            strings(json, "also_changed", plan.unseen().alsoChanged());
            strings(json, "keep_parse", plan.unseen().keepParse());
            strings(json, "allow", plan.allowed().stream().map(Guard::id).toList());
            if (plan.compare() != null) {
                json.writeFieldName("compare");
                plan.compare().writeTo(json);
            }
            json.writeFieldName("deployment");
            if (plan.deployment() == null) {
                json.writeNull();
            } else {
                plan.deployment().writeTo(json);
            }
            json.writeArrayFieldStart("operations");
            for (Operation operation : plan.operations()) {
                json.writeStartObject();
                json.writeStringField("macro", operation.macro());
                json.writeStringField("args", operation.args());
                json.writeStringField("tag", operation.tag());
                json.writeBooleanField("optional", operation.optional());
                strings(json, "common", plan.commonArguments(operation));
                json.writeEndObject();
            }
            json.writeEndArray();
            commands(json, "before", plan.before());
            commands(json, "after", plan.after());
            strings(json, "secret_variables", secretVariables);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void commands(JsonGenerator json, String name, List<DbtCommand> commands) throws IOException {
        json.writeArrayFieldStart(name);
        for (DbtCommand command : commands) {
            json.writeArray(
                    command.words().toArray(String[]::new), 0, command.words().size());
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
