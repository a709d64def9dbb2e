package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * One thing that changed outside of the nodes and made some of them changed: a macro, a package of many, dbt's target, or
 * what dbt does not see, which are vars and environment variables.
 *
 * @param id unique_id of the macro, whose texts the report holds under it; the name of the package; {@value #TARGET};
 *     or {@code var min_qty}, {@code env REGION}
 * @param path of the macro's file; null for all else
 * @param change new, modified or removed
 * @param nodes how many nodes count as changed for it, or read the variable, tests apart
 * @param tests how many tests do
 * @param macros unique_ids of a package's changed macros, at most {@value #MACROS}; empty for all else
 * @param macroCount how many there are
 * @param input of a variable or the target only; else null
 */
public record ReportCause(
        String id,
        @CheckForNull String path,
        ChangeKind change,
        int nodes,
        int tests,
        List<String> macros,
        int macroCount,
        @CheckForNull Input input) {
    /**
     * A variable that has another value than where production's nodes were built.
     *
     * @param change such as {@code 5 → 8}; null where only digests of the values are known
     * @param sure whether the nodes are known to read it; else they read some whose name is not written out
     * @param counts whether it counts as a change of the nodes, as was asked for
     */
    public record Input(@CheckForNull String change, boolean sure, boolean counts) {}

    /** Id of dbt's target as a cause. */
    public static final String TARGET = "target";
    /** Kept of a package. */
    public static final int MACROS = 20;

    public ReportCause {
        macros = List.copyOf(macros);
    }

    public static ReportCause ofMacro(String id, String path, ChangeKind change, int nodes, int tests) {
        return new ReportCause(id, path, change, nodes, tests, List.of(), 1, null);
    }

    public static ReportCause ofPackage(String name, int nodes, int tests, List<String> macros) {
        return new ReportCause(
                name,
                null,
                ChangeKind.MODIFIED,
                nodes,
                tests,
                macros.subList(0, Math.min(MACROS, macros.size())),
                macros.size(),
                null);
    }

    public static ReportCause ofInput(String id, int nodes, int tests, Input input) {
        return new ReportCause(id, null, ChangeKind.MODIFIED, nodes, tests, List.of(), 1, input);
    }

    /**
     * Of dbt's target.
     *
     * @param change such as {@code production → ci}
     */
    public static ReportCause ofTarget(String change, int nodes, int tests) {
        return ofInput(TARGET, nodes, tests, new Input(change, true, true));
    }

    /** Of a file that says so without saying from what to what it is none. */
    public boolean isTarget() {
        return id.equals(TARGET) && input != null && input.change() != null;
    }

    /** Whether it is a macro, which has a text. */
    public boolean isMacro() {
        return macros.isEmpty() && input == null;
    }

    public boolean isPackage() {
        return !macros.isEmpty();
    }
}
