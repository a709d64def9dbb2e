package io.jenkins.plugins.dbtslim.report.data;

import java.util.List;

/**
 * One thing that changed outside of the nodes and made some of them changed: a macro, or a package of many.
 *
 * @param id unique_id of the macro, whose texts the report holds under it; or the name of the package
 * @param path of the macro's file; null for a package
 * @param change new, modified or removed
 * @param nodes how many nodes count as changed for it, tests apart
 * @param tests how many tests do
 * @param macros unique_ids of a package's changed macros, at most {@value #MACROS}; empty for a macro
 * @param macroCount how many there are
 */
public record ReportCause(
        String id, String path, ChangeKind change, int nodes, int tests, List<String> macros, int macroCount) {
    /** Kept of a package. */
    public static final int MACROS = 20;

    public ReportCause {
        macros = List.copyOf(macros);
    }

    public static ReportCause ofMacro(String id, String path, ChangeKind change, int nodes, int tests) {
        return new ReportCause(id, path, change, nodes, tests, List.of(), 1);
    }

    public static ReportCause ofPackage(String name, int nodes, int tests, List<String> macros) {
        return new ReportCause(
                name,
                null,
                ChangeKind.MODIFIED,
                nodes,
                tests,
                macros.subList(0, Math.min(MACROS, macros.size())),
                macros.size());
    }

    public boolean isPackage() {
        return !macros.isEmpty();
    }
}
