package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.manifest.Macro;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.state.Aspect;
import io.jenkins.plugins.dbtslim.state.Change;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The changed macros from the side of the cause: which nodes each made changed, and how it differs. Many of one package
 * came with another version of it, and are told together.
 */
final class MacroCauses {
    /** More changed macros of one package than these are told as the package. */
    private static final int OF_PACKAGE = 10;
    /** Begins the name of what came with another version of dbt; no package is called so. */
    private static final String UPGRADE = "dbt ";
    /** Causes told at most. */
    private static final int MOST = 50;

    private final StateComparison comparison;
    private final List<Resource> changedNodes;

    private MacroCauses(StateComparison comparison, Map<String, Change> changes) {
        this.comparison = comparison;
        this.changedNodes = comparison.current().resources().stream()
                .filter(resource -> isByMacro(changes.get(resource.uniqueId())))
                .toList();
    }

    /** A new node is none that a macro changed. */
    private static boolean isByMacro(Change change) {
        return change != null && change.reasons().stream().anyMatch(reason -> reason.aspect() == Aspect.MACROS);
    }

    /** Those that made any node changed, the one of most nodes first. */
    static List<ReportCause> of(StateComparison comparison, Map<String, Change> changes) {
        return comparison == null || comparison.changedMacros().isEmpty()
                ? List.of()
                : new MacroCauses(comparison, changes).causes();
    }

    private List<ReportCause> causes() {
        Map<String, List<String>> packages = new TreeMap<>();
        comparison.changedMacros().stream().sorted().forEach(id -> packages.computeIfAbsent(
                        origin(id), key -> new ArrayList<>())
                .add(id));
        List<ReportCause> causes = new ArrayList<>();
        String own = comparison.current().metadata().projectName();
        packages.forEach((name, ids) -> {
            if ((ids.size() > OF_PACKAGE && !name.equals(own)) || name.startsWith(UPGRADE)) {
                int[] reached = reached(ids);
                causes.add(ReportCause.ofPackage(name, reached[0], reached[1], ids));
            } else {
                ids.stream().limit(MOST).map(this::ofMacro).forEach(causes::add);
            }
        });
        return causes.stream()
                .filter(cause -> cause.nodes() + cause.tests() > 0)
                .sorted(Comparator.comparingInt((ReportCause cause) -> -cause.nodes())
                        .thenComparing(cause -> -cause.tests())
                        .thenComparing(ReportCause::id))
                .limit(MOST)
                .toList();
    }

    /** The package of a macro, or the upgrade of dbt that brought it: its adapters come along. */
    private String origin(String id) {
        String name = String.valueOf(macro(id).packageName());
        Metadata before = comparison.state().metadata();
        Metadata now = comparison.current().metadata();
        boolean isBuiltIn =
                List.of("dbt", "dbt_postgres", "dbt_" + now.adapterType()).contains(name);
        return isBuiltIn && !before.dbtVersion().equals(now.dbtVersion())
                ? UPGRADE + before.dbtVersion() + " → " + now.dbtVersion()
                : name;
    }

    private ReportCause ofMacro(String id) {
        boolean old = comparison.state().macros().containsKey(id);
        boolean now = comparison.current().macros().containsKey(id);
        int[] reached = reached(List.of(id));
        return ReportCause.ofMacro(
                id,
                macro(id).originalFilePath(),
                !old ? ChangeKind.NEW : now ? ChangeKind.MODIFIED : ChangeKind.REMOVED,
                reached[0],
                reached[1]);
    }

    private Macro macro(String id) {
        Manifest current = comparison.current();
        return current.macros().containsKey(id)
                ? current.macros().get(id)
                : comparison.state().macros().get(id);
    }

    /** Changed nodes and changed tests that reach one of the macros. */
    private int[] reached(List<String> ids) {
        Set<String> reaching = comparison.macrosReaching(ids);
        int[] counts = new int[2];
        for (Resource resource : changedNodes) {
            if (resource.dependsOnMacros().stream().anyMatch(called -> called != null && reaching.contains(called))) {
                counts[ReportNode.isTest(resource.resourceType()) ? 1 : 0]++;
            }
        }
        return counts;
    }

    /** How each differs, by its id; packages have no text. */
    static Map<String, NodeTexts> texts(List<ReportCause> causes, StateComparison comparison, TextChanges differences)
            throws ManifestException {
        Map<String, NodeTexts> texts = new HashMap<>();
        Set<String> ids = new HashSet<>();
        causes.stream().filter(ReportCause::isMacro).forEach(cause -> ids.add(cause.id()));
        if (ids.isEmpty()) {
            return texts;
        }
        Map<String, ResourceText> before = ManifestTexts.read(comparison.state().file(), ids);
        Map<String, ResourceText> after =
                ManifestTexts.read(comparison.current().file(), ids);
        for (String id : ids) {
            NodeTexts found = differences.ofCode(id, before.get(id), after.get(id));
            if (found != null) {
                texts.put(id, found);
            }
        }
        return texts;
    }
}
