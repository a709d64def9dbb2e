package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one run did to each node, from whatever it left: dbt's results, or where dbt was killed before it wrote them,
 * the driver's events, by which a node that began and was not seen to end counts as broken off.
 *
 * @param status how the run ended; {@link RunStatus#ABORTED} where it was killed and left no outcome
 * @param dbtVersion null if unknown
 * @param flags of the project, as in {@link DbtOutcome}
 * @param selected unique_ids that dbt selected; null if unknown
 * @param statuses by unique_id, dbt's words, {@value RunResult#INTERRUPTED} and {@value RunResult#DROPPED}; nodes that dbt did not come to are
 * absent
 * @param narrowed the argument by which dbt built only a part of each node's rows, such as {@code --empty}; null for
 * none
 * @param commit of the project's checkout when the run began; null if unknown
 * @param unknown why the statuses are not known at all, as what follows "because"; null where they are: a run that began
 *     nothing has none and is known
 * @param invocationId of the dbt command that must have written the manifest, too; null where the driver kept both
 */
public record RunRecord(
        RunStatus status,
        @CheckForNull String dbtVersion,
        Map<String, Boolean> flags,
        @CheckForNull SortedSet<String> selected,
        Map<String, String> statuses,
        String narrowed,
        @CheckForNull String commit,
        @CheckForNull String unknown,
        @CheckForNull String invocationId) {
    private static final Set<String> GOOD = Set.of("success", "pass");

    public RunRecord {
        flags = Map.copyOf(flags);
        selected = selected == null ? null : Collections.unmodifiableSortedSet(selected);
        statuses = Collections.unmodifiableMap(statuses);
    }

    /**
     * Reads the folder in which the driver kept what a run left; of dbt's own target folder, the results alone.
     *
     * @throws DbtException one sentence, if the files are of two runs, or one is damaged
     */
    public static RunRecord read(Path keep) throws IOException {
        if (!Files.isRegularFile(keep.resolve(DbtOutcome.FILE))) {
            return Files.isRegularFile(keep.resolve(RunEvents.FILE)) ? killed(keep) : bare(keep);
        }
        DbtOutcome outcome = DbtOutcome.read(keep);
        Events events = Events.read(keep);
        Map<String, String> statuses = new LinkedHashMap<>(events.statuses);
        String narrowed = events.narrowed;
        if (outcome.runResults() != null) {
            RunResults results = RunResults.read(outcome.runResults());
            checkSameRun(outcome, results);
            statuses.clear();
            outcome.interrupted().forEach(result -> statuses.put(result.uniqueId(), result.status()));
            // What was at work when dbt wrote its results may have ended well after that.
            events.statuses.entrySet().stream()
                    .filter(status -> outcome.status() == RunStatus.ABORTED && GOOD.contains(status.getValue()))
                    .forEach(status -> statuses.put(status.getKey(), status.getValue()));
            results.results().forEach(result -> statuses.put(result.uniqueId(), result.status()));
            narrowed = results.narrowed() == null ? narrowed : results.narrowed();
        }
        outcome.gone().forEach(id -> statuses.putIfAbsent(id, RunResult.DROPPED));
        return new RunRecord(
                outcome.status(),
                outcome.dbtVersion(),
                outcome.flags(),
                outcome.selected(),
                statuses,
                narrowed,
                events.commit,
                null,
                null);
    }

    /** The commit of the project's checkout when the run began that left this folder, or null. */
    @CheckForNull
    public static String commit(Path keep) throws IOException {
        try {
            return Events.read(keep).commit;
        } catch (DbtException e) {
            return null;
        }
    }

    private static void checkSameRun(DbtOutcome outcome, RunResults results) throws DbtException {
        String expected = outcome.invocationId();
        if (expected != null && results.invocationId() != null && !expected.equals(results.invocationId())) {
            throw new DbtException(outcome.runResults() + " is of another dbt run (invocation " + results.invocationId()
                    + " instead of " + expected
                    + "), which went on in the same folder: what this run built cannot be known. Give each run a target"
                    + " folder of its own (--target-path).");
        }
    }

    private static RunRecord killed(Path keep) throws IOException {
        Events events = Events.read(keep);
        return new RunRecord(
                RunStatus.ABORTED,
                null,
                Map.of(),
                selected(keep),
                events.statuses,
                events.narrowed,
                events.commit,
                null,
                null);
    }

    private static RunRecord bare(Path folder) throws IOException {
        Map<String, String> statuses = new LinkedHashMap<>();
        if (!Files.isRegularFile(folder.resolve(Artifacts.RUN_RESULTS))) {
            return unknown("no results of a run lie beside it");
        }
        RunResults results = RunResults.read(folder.resolve(Artifacts.RUN_RESULTS));
        if (!results.isOfBuild()) {
            return unknown("the results beside it are of the command " + results.command() + ", which builds nothing");
        }
        results.results().forEach(result -> statuses.put(result.uniqueId(), result.status()));
        boolean failed = results.results().stream().anyMatch(RunResult::isFailure);
        return new RunRecord(
                failed ? RunStatus.FAILURE : RunStatus.SUCCESS,
                results.dbtVersion(),
                Map.of(),
                null,
                statuses,
                results.narrowed(),
                null,
                null,
                results.invocationId());
    }

    private static RunRecord unknown(String why) {
        return new RunRecord(RunStatus.ERROR, null, Map.of(), null, Map.of(), null, null, why, null);
    }

    private static SortedSet<String> selected(Path keep) throws IOException {
        Path file = keep.resolve(RunEvents.SELECTED);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        SortedSet<String> ids = new TreeSet<>();
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JsonObject.JSON.createParser(in)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    ids.add(json.getText());
                }
            }
        } catch (JacksonException e) {
            return null;
        }
        return ids;
    }

    /** What the driver's events tell. */
    private static final class Events {
        private final Map<String, String> statuses = new LinkedHashMap<>();
        private String narrowed;
        private String commit;

        static Events read(Path keep) throws IOException {
            Events events = new Events();
            Path file = keep.resolve(RunEvents.FILE);
            if (Files.isRegularFile(file)) {
                try (Reader in =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                    for (String line = line(in); line != null; line = line(in)) {
                        events.event(line);
                        if (events.statuses.size() > AgentLimits.NODES) {
                            throw new DbtException(file + " tells of more than " + AgentLimits.NODES
                                    + " nodes, which no dbt project has: look who else writes there.");
                        }
                    }
                }
            }
            return events;
        }

        /** The next one, cut where it is longer than any event; null at the end. */
        @CheckForNull
        private static String line(Reader in) throws IOException {
            StringBuilder line = new StringBuilder();
            int next = in.read();
            boolean ended = next < 0;
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (line.length() < AgentLimits.EVENTS) {
                    line.append((char) next);
                }
            }
            return ended ? null : line.toString();
        }

        /** A line that is cut off tells nothing: what it would have ended counts as broken off. */
        private void event(String line) throws IOException {
            JsonObject event;
            try {
                event = JsonObject.parse(line);
            } catch (JacksonException e) {
                return;
            }
            switch (event.text("kind", "")) {
                case "checkout" -> commit = event.text("commit");
                case "selected" -> narrowed = event.text("narrowed");
                case "start" -> statuses.put(event.text("id", ""), RunResult.INTERRUPTED);
                // Of a deployment that was built by another run than the one that swapped it into production.
                case "deployed" -> statuses.put(event.text("id", ""), event.text("status", ""));
                case "done" -> statuses.put(event.text("id", ""), event.text("status", RunResult.INTERRUPTED));
                default -> {}
            }
        }
    }
}
