package io.jenkins.plugins.dbtslim.dbt.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * What came of a plan, as the driver wrote it down in the kept folder.
 *
 * @param status how it ended
 * @param error what went wrong, in one sentence; null if nothing did
 * @param dbtVersion such as {@code 1.11.16}; null if dbt was never reached
 * @param adapter such as {@code duckdb}; null if unknown
 * @param oneProcess true if dbt ran in the driver's process, false for separate commands
 * @param invocationId of the build; null if it was not reached
 * @param selected the unique_ids that dbt selected; null if it did not come to select
 * @param gone unique_ids whose objects were there before and are not any more, as far as the driver looked (on Materialize)
 * @param flags behaviour flags of the project that decide what is modified, as far as dbt knows them
 * @param operations the operations that ran, in order
 * @param seconds time by phase: {@code import, deps, parse, operations, build, total}
 * @param messages warnings and errors that dbt gave, in order, bounded
 * @param interrupted what was at work when the run was aborted, with the status {@value RunResult#INTERRUPTED}; dbt's
 *     own results lack it
 * @param unrefreshed unique_ids of incremental models that changed and were not made anew
 * @param data what the build did to the data of models, where that was asked for
 * @param columns what changed SQL does to columns, where dbt's environment could tell
 * @param inPlace what was replaced in place; null where that was not asked for
 * @param manifest the kept {@code manifest.json}; null if there is none
 * @param runResults the kept {@code run_results.json} of this very build; null if there is none
 */
public record DbtOutcome(
        RunStatus status,
        @CheckForNull String error,
        @CheckForNull String dbtVersion,
        @CheckForNull String adapter,
        boolean oneProcess,
        @CheckForNull String invocationId,
        @CheckForNull SortedSet<String> selected,
        Set<String> gone,
        Map<String, Boolean> flags,
        List<OperationResult> operations,
        Map<String, Double> seconds,
        List<Message> messages,
        List<RunResult> interrupted,
        List<String> unrefreshed,
        List<DataDifference> data,
        List<SqlChange> columns,
        @CheckForNull InPlace inPlace,
        @CheckForNull Path manifest,
        @CheckForNull Path runResults) {
    /** Name of the file in the kept folder. */
    public static final String FILE = "outcome.json";

    /** Name of the file in the kept folder to which the driver adds while it runs. */
    public static final String EVENTS = "events.jsonl";

    public DbtOutcome {
        selected = selected == null ? null : Collections.unmodifiableSortedSet(selected);
    }

    /**
     * The same of a run that was told to end, where the driver did not hear of that before dbt was gone and took it for an
     * error.
     */
    public DbtOutcome ofAborted() {
        return status != RunStatus.ERROR
                ? this
                : new DbtOutcome(
                        RunStatus.ABORTED,
                        null,
                        dbtVersion,
                        adapter,
                        oneProcess,
                        invocationId,
                        selected,
                        gone,
                        flags,
                        operations,
                        seconds,
                        messages,
                        interrupted,
                        unrefreshed,
                        data,
                        columns,
                        inPlace,
                        manifest,
                        runResults);
    }

    /** Of a run that left nothing: dbt was not reached, or ended before it could say how. */
    public static DbtOutcome without(RunStatus status, String error) {
        return new DbtOutcome(
                status, error, null, null, true, null, null, Set.of(), Map.of(), List.of(), Map.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), null, null, null);
    }

    /**
     * Of a run that was killed: whatever lies there, by its events what ran and how that ended. What it kept is its own,
     * unless it left an outcome, which is then not to be believed.
     */
    public static DbtOutcome left(Path keep, RunStatus status, String error) throws IOException {
        if (Files.exists(keep.resolve(FILE)) || !Files.isRegularFile(keep.resolve(EVENTS))) {
            return without(status, error);
        }
        RunRecord record = RunRecord.read(keep);
        Path manifest = keep.resolve(Artifacts.MANIFEST);
        List<RunResult> results = record.statuses().entrySet().stream()
                .map(node -> RunResult.bare(node.getKey(), node.getValue()))
                .toList();
        return new DbtOutcome(
                status,
                error,
                null,
                null,
                true,
                null,
                record.selected(),
                Set.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                results,
                List.of(),
                List.of(),
                List.of(),
                null,
                Files.isRegularFile(manifest) ? manifest : null,
                null);
    }

    /**
     * Reads what some driver left in the kept folder.
     *
     * @throws DbtException when there is nothing: the driver could not start, or was killed
     */
    public static DbtOutcome read(Path keep) throws IOException {
        return DbtOutcomeReader.read(keep);
    }

    /**
     * What came of an operation.
     *
     * @param macro its name
     * @param status {@code success}, {@code error}, or {@code left out} (an optional one that the project lacks)
     * @param seconds it took
     */
    public record OperationResult(String macro, String status, double seconds) implements Serializable {}

    /**
     * A warning or error of dbt.
     *
     * @param level {@code warn} or {@code error}
     * @param event dbt's name of it, such as {@code NothingToDo}
     * @param text what dbt logged, cut where it is long
     */
    public record Message(String level, String event, String text) implements Serializable {
        private static final Set<String> OF_NODES = Set.of(
                "CheckNodeTestFailure",
                "GenericExceptionOnRun",
                "LogBatchResult",
                "LogCancelLine",
                "LogFunctionResult",
                "LogModelResult",
                "LogNodeResult",
                "LogSeedResult",
                "LogSkipBecauseError",
                "LogSnapshotResult",
                "LogTestResult",
                "RunResultError",
                "RunResultErrorNoMessage",
                "RunResultFailure",
                "RunResultWarning",
                "RunResultWarningMessage");

        /**
         * Whether it repeats what the results say of one node: dbt logs that when the node ends, and again when the run
         * does.
         */
        public boolean isOfNode() {
            return OF_NODES.contains(event);
        }
    }
}
