package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dbt run as a whole.
 *
 * @param select what was asked for, one entry an option; likewise exclude
 * @param target dbt target, or null
 * @param exitCode dbt's exit code, or -1 if there is none
 * @param elapsedSeconds seconds of the whole run as dbt counts them, or 0
 * @param messages errors that belong to no node
 * @param warnings warnings that belong to no node
 * @param arguments further arguments of dbt
 * @param parts seconds by what the run was at: {@code starting}, {@code parsing}, {@code operations}, {@code building},
 *     {@code comparing}
 * @param reads what it read of nodes that it did not build
 * @param origin where it is from
 * @param commands what else dbt did, in order
 */
public record RunInfo(
        List<String> select,
        List<String> exclude,
        @CheckForNull String target,
        boolean deferred,
        int exitCode,
        double elapsedSeconds,
        List<String> messages,
        List<RunWarning> warnings,
        List<String> arguments,
        Map<String, Double> parts,
        DeferredReads reads,
        RunOrigin origin,
        List<RunCommand> commands) {
    public RunInfo {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        messages = List.copyOf(messages);
        warnings = List.copyOf(warnings);
        arguments = List.copyOf(arguments);
        commands = List.copyOf(commands);
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A run of which no more is known. */
    public RunInfo(
            List<String> select,
            List<String> exclude,
            String target,
            boolean deferred,
            int exitCode,
            double elapsedSeconds,
            List<String> messages) {
        this(
                select,
                exclude,
                target,
                deferred,
                exitCode,
                elapsedSeconds,
                messages,
                List.of(),
                List.of(),
                Map.of(),
                DeferredReads.NONE,
                RunOrigin.NONE,
                List.of());
    }

    /** The same with what it read of nodes that it did not build. */
    public RunInfo reading(DeferredReads what) {
        return new RunInfo(
                select,
                exclude,
                target,
                deferred,
                exitCode,
                elapsedSeconds,
                messages,
                warnings,
                arguments,
                parts,
                what,
                origin,
                commands);
    }
}
