package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a run that deferred read from: the SQL that dbt compiled names either production's relation of a parent that was
 * not built, or that of the run's own environment, where an earlier build left it.
 */
final class ReadFrom {
    /** Kept of each kind. */
    private static final int MOST = 200;

    private final StateComparison comparison;
    private final Map<String, RunResult> results;
    /** By unique_id of what ran: the parents that this run did not build. */
    private final Map<String, Set<String>> unbuilt = new HashMap<>();

    private ReadFrom(StateComparison comparison, Map<String, RunResult> results) {
        this.comparison = comparison;
        this.results = results;
    }

    static DeferredReads of(StateComparison comparison, Map<String, RunResult> results) throws ManifestException {
        return new ReadFrom(comparison, results).reads();
    }

    private DeferredReads reads() throws ManifestException {
        Set<String> parents = new HashSet<>();
        for (RunResult result : results.values()) {
            Resource resource = comparison.current().resource(result.uniqueId());
            if (resource != null && !"skipped".equals(result.status())) {
                Set<String> read = new HashSet<>();
                unbuiltParents(resource, read, new HashSet<>());
                if (!read.isEmpty()) {
                    unbuilt.put(resource.uniqueId(), read);
                    parents.addAll(read);
                }
            }
        }
        if (parents.isEmpty()) {
            return DeferredReads.NONE;
        }
        Map<String, String> theirs = relations(comparison.state().file(), parents);
        Map<String, String> ours = relations(comparison.current().file(), parents);
        Set<String> production = new TreeSet<>();
        Set<String> own = new TreeSet<>();
        ManifestTexts.visit(comparison.current().file(), unbuilt::containsKey, text -> {
            String sql = plain(text.compiledCode());
            for (String parent : unbuilt.get(text.uniqueId())) {
                if (names(sql, theirs.get(parent))) {
                    production.add(parent);
                } else if (names(sql, ours.get(parent))) {
                    own.add(parent);
                }
            }
        });
        return new DeferredReads(first(production), first(own));
    }

    /** An ephemeral parent is a part of its reader's SQL, so its own parents are read. */
    private void unbuiltParents(Resource reader, Set<String> found, Set<String> seen) {
        for (String id : reader.dependsOn()) {
            Resource parent = comparison.current().resource(id);
            if (parent == null || !seen.add(id) || !ReportNode.isBuildable(parent.resourceType())) {
                continue;
            }
            if ("ephemeral".equals(parent.materialized())) {
                unbuiltParents(parent, found, seen);
            } else if (!results.containsKey(id)) {
                found.add(id);
            }
        }
    }

    private static Map<String, String> relations(Path file, Set<String> ids) throws ManifestException {
        Map<String, String> relations = new HashMap<>();
        ManifestTexts.visit(file, ids::contains, text -> relations.put(text.uniqueId(), plain(text.relationName())));
        return relations;
    }

    private static boolean names(String sql, String relation) {
        return sql != null && relation != null && sql.contains(relation);
    }

    private static String plain(String text) {
        return text == null ? null : text.replaceAll("[\"`\\[\\]]", "");
    }

    private static List<String> first(Set<String> ids) {
        return new ArrayList<>(ids).subList(0, Math.min(MOST, ids.size()));
    }
}
