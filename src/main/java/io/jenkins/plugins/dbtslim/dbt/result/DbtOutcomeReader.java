package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome.Message;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome.OperationResult;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the driver's {@code outcome.json}. */
public final class DbtOutcomeReader {
    private DbtOutcomeReader() {}

    /** Reads what this run left, and believes it only where it fits how the run's process ended. */
    public static DbtOutcome read(Path folder, Path keep, String run, Integer exitStatus) throws IOException {
        Path refused = folder.resolve(DbtOutcome.FILE);
        if (Files.isRegularFile(refused)) {
            // Of a run that may not touch the kept folder: another is at work there, or it cannot be written.
            return outcome(folder, refused, json(refused));
        }
        if (!KeptFiles.isOf(run, keep)) {
            KeptFiles.forget(keep); // an earlier run's: this one did not come to remove them
        }
        Path file = keep.resolve(DbtOutcome.FILE);
        boolean failed = exitStatus != null && exitStatus > 0; // below: Jenkins has lost sight of the process
        if (failed && !Files.isRegularFile(file)) {
            boolean ran = Files.exists(keep.resolve(DbtOutcome.EVENTS));
            throw new DbtException("dbt's Python ended with status " + exitStatus
                    + (ran
                            ? " while it ran: it was killed, perhaps because memory was short; the lines above say how"
                                    + " far it came."
                            : " before it could run anything: the lines above say why, where it could say it; look"
                                    + " whether it starts, is 3.9 or newer and has enough memory."));
        }
        JsonObject json = json(file);
        if (!run.equals(json.text("run"))) {
            throw new DbtException(file + " is of another run than this one (" + json.text("run")
                    + "), so what came of this one is not known: let no two runs keep their files in one folder.");
        }
        DbtOutcome outcome = outcome(keep, file, json);
        if (failed && outcome.status().isOk()) {
            throw new DbtException("dbt's Python ended with status " + exitStatus + " after it had written that dbt "
                    + outcome.status().words() + ": look at the lines above before you trust what was built.");
        }
        return outcome;
    }

    public static DbtOutcome read(Path keep) throws IOException {
        Path file = keep.resolve(DbtOutcome.FILE);
        return outcome(keep, file, json(file));
    }

    private static JsonObject json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DbtException("The dbt driver left no " + file
                    + ": it could not be started or was killed; the lines above say which.");
        }
        try {
            return JsonObject.read(file);
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        }
    }

    private static DbtOutcome outcome(Path keep, Path file, JsonObject json) throws IOException {
        return new DbtOutcome(
                status(file, json.text("status", RunStatus.ERROR.name())),
                json.text("error"),
                json.text("dbt_version"),
                json.text("adapter"),
                json.flag("one_process"),
                json.text("invocation_id"),
                json.has("selected") ? new TreeSet<>(json.texts("selected")) : null,
                Set.copyOf(json.texts("gone")),
                Map.copyOf(json.object("flags").flags()),
                json.objects("operations").stream()
                        .map(each -> new OperationResult(
                                each.text("macro", ""), each.text("status", ""), each.decimal("seconds", 0)))
                        .toList(),
                Map.copyOf(json.object("seconds").decimals()),
                json.objects("messages").stream()
                        .map(each -> new Message(each.text("level", ""), each.text("event", ""), each.text("text", "")))
                        .toList(),
                json.objects("interrupted").stream()
                        .map(each -> RunResult.interrupted(
                                each.text("id", ""), each.text("started"), each.decimal("seconds", 0)))
                        .toList(),
                json.texts("unrefreshed"),
                json.objects("data").stream()
                        .map(each -> DataDifference.of(each.text("id", ""), each))
                        .toList(),
                json.objects("columns").stream()
                        .map(each -> SqlChange.of(each.text("id", ""), each))
                        .toList(),
                InPlace.in(json),
                kept(keep, Artifacts.MANIFEST),
                kept(keep, Artifacts.RUN_RESULTS));
    }

    private static RunStatus status(Path file, String status) throws DbtException {
        try {
            return RunStatus.valueOf(status);
        } catch (IllegalArgumentException e) {
            throw damaged(file, "no status is called " + status, e);
        }
    }

    private static DbtException damaged(Path file, String why, Exception cause) {
        return new DbtException(
                file + " is damaged, so dbt may have been killed or the disk may be full: build again (" + why + ").",
                cause);
    }

    private static Path kept(Path keep, String name) {
        Path file = keep.resolve(name);
        return Files.isRegularFile(file) ? file : null;
    }
}
