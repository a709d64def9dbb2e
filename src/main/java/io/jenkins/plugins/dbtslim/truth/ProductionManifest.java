package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.PendingMark;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes production's manifest of what a run did, whatever came of it: what dbt built stands in it as it is now; what
 * differs and was not built by its former entry, marked so that every dbt from 1.8 on finds it modified, and {@code
 * --defer} still finds its relation; what is new and was not built not at all.
 *
 * <pre>{@code
 * ProductionSummary summary = new ProductionManifest(kept.resolve("manifest.json"), RunRecord.read(kept))
 *         .former(state)          // what the run was compared with; none: a first publication
 *         .publishedBy("12")      // for "pending since build 12"
 *         .write(out);
 * if (summary.isPublishable()) … publish out, on the condition that the former manifest is still production's …
 * summary.lines().forEach(log);
 * }</pre>
 *
 * <p>It runs where the files lie, on an agent, and never holds a whole manifest: entries are carried over as bytes, one
 * at a time. {@link #pending} tells at the start of the next run what is still to do.
 */
public final class ProductionManifest {
    private final Path current;
    private final RunRecord run;
    private Path former;
    private String build;
    private String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    /**
     * Of a run.
     *
     * @param current the manifest that was kept of it
     * @param run what came of each node
     */
    public ProductionManifest(Path current, RunRecord run) {
        this.current = current;
        this.run = run;
    }

    /** The manifest that was production's when the run began and still is; null if there was none. */
    public ProductionManifest former(Path file) {
        former = file;
        return this;
    }

    /** Name of the publishing build, such as {@code 12}; null for none: then the time tells. */
    public ProductionManifest publishedBy(String name) {
        build = name == null || name.isBlank() ? null : name;
        return this;
    }

    ProductionManifest at(String time) {
        now = time;
        return this;
    }

    /**
     * What a manifest of production says is not built yet, sorted by id.
     *
     * @throws TruthException if a newer version of dbt-slim made the manifest
     */
    public static List<PendingNode> pending(Manifest manifest) throws TruthException {
        List<PendingNode> nodes = new ArrayList<>();
        for (Resource resource : manifest.resources()) {
            PendingMark mark = resource.pending();
            if (mark != null && !mark.isKnown()) {
                throw new TruthException(manifest.file() + " was published by a newer dbt-slim (its pending mark on "
                        + resource.uniqueId() + " has version " + mark.version() + ", and only " + PendingMark.VERSION
                        + " is known): update dbt-slim or the plugin.");
            }
            if (mark != null) {
                nodes.add(new PendingNode(resource.uniqueId(), mark.why(), mark.since(), mark.build(), true));
            }
        }
        nodes.sort(Comparator.comparing(PendingNode::id));
        return nodes;
    }

    /**
     * The same of a file, which mostly holds no mark and is then not read as a manifest.
     *
     * @throws TruthException if a newer version of dbt-slim made the manifest
     */
    public static List<PendingNode> pending(Path manifest) throws IOException {
        return MarkSearch.finds(manifest) ? pending(ManifestReader.read(manifest)) : List.of();
    }

    /**
     * Writes it, whole or not at all.
     *
     * @param out the file to make or replace; neither of the manifests that are read
     * @return what stands in it, or why it was not written
     * @throws TruthException if it cannot be known what the run built, or a newer dbt-slim made the former manifest
     * @throws io.jenkins.plugins.dbtslim.manifest.ManifestException if one of the manifests cannot be read
     */
    public ProductionSummary write(Path out) throws IOException {
        if (run.unknown() != null) {
            throw unknown(run.unknown());
        }
        Manifest then = null;
        Manifest project;
        StateComparison comparison = null;
        if (former == null) {
            project = ManifestReader.read(current);
        } else {
            ManifestPair pair = ManifestPair.read(former, current);
            then = pair.state();
            project = pair.current();
            pending(then);
            comparison = StateComparison.compare(then, project, new StateOptions(run.dbtVersion(), run.flags()));
        }
        String writer = project.metadata().invocationId();
        if (run.invocationId() != null && writer != null && !run.invocationId().equals(writer)) {
            throw unknown("another command of dbt wrote it than the results beside it");
        }
        Map<String, Fate> fates = new Fates(project, comparison, run).all();
        String nothing = nothing(project, fates);
        if (nothing != null) {
            return ProductionSummary.nothing(nothing);
        }
        Map<String, PendingMark> marks = marks(then, fates);
        Path folder = out.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        try (ManifestFile from = ManifestFile.open(current, folder);
                ManifestFile before = former == null ? null : ManifestFile.open(former, folder)) {
            Manifest published = then;
            AtomicFile.write(
                    out, stream -> new ManifestWriter(project, from, published, before, fates, marks, stream).write());
        }
        return summary(project, comparison, fates, marks);
    }

    private TruthException unknown(String why) {
        return new TruthException("What of " + current + " was built cannot be known, because " + why
                + ": publish the manifest that dbt-slim build kept.");
    }

    /** Why there is nothing to publish, or null. */
    @CheckForNull
    private String nothing(Manifest project, Map<String, Fate> fates) {
        boolean begun = run.statuses().values().stream()
                .anyMatch(status -> !status.equals("skipped") && !status.equals("no-op"));
        if (!begun && !run.status().isOk()) {
            return "Nothing of this run is in production: dbt " + run.status().words() + " before it began to build."
                    + " Production's manifest stays as it is.";
        }
        boolean built = fates.entrySet().stream()
                .anyMatch(fate -> fate.getValue().equals(Fate.BUILT) && !Fates.isTest(project.resource(fate.getKey())));
        if (former == null && !built) {
            return "Nothing of this run is in production: no node was built"
                    + (run.narrowed() == null ? "." : " with all of its rows (" + run.narrowed() + ").");
        }
        return null;
    }

    private Map<String, PendingMark> marks(Manifest then, Map<String, Fate> fates) {
        Map<String, PendingMark> marks = new LinkedHashMap<>();
        fates.forEach((id, fate) -> {
            if (fate.kind() == Fate.Kind.PENDING) {
                PendingMark before = then.resource(id).pending();
                marks.put(
                        id,
                        before == null
                                ? PendingMark.of(fate.why().words(), now, build)
                                : PendingMark.of(why(fate, before), before.since(), before.build()));
            }
        });
        return marks;
    }

    /** That nobody asked for it this time is no news of one that failed before. */
    private static String why(Fate fate, PendingMark before) {
        return fate.why() == NotBuilt.NOT_SELECTED ? before.why() : fate.why().words();
    }

    private ProductionSummary summary(
            Manifest project, StateComparison comparison, Map<String, Fate> fates, Map<String, PendingMark> marks) {
        List<PendingNode> pending = new ArrayList<>();
        List<PendingNode> absent = new ArrayList<>();
        List<String> built = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<String, Fate> entry : fates.entrySet()) {
            String id = entry.getKey();
            Fate fate = entry.getValue();
            switch (fate.kind()) {
                case BUILT -> {
                    if (!RunResult.isTest(id)) {
                        built.add(id);
                    }
                }
                case UNCHANGED -> unchanged++;
                case PENDING -> {
                    PendingMark mark = marks.get(id);
                    boolean still = comparison.state().resource(id).pending() != null;
                    pending.add(new PendingNode(id, mark.why(), mark.since(), mark.build(), still));
                }
                case ABSENT -> {
                    // One that dbt itself switched off waits for nothing; switched on again, it is new.
                    if (project.resource(id).enabled()) {
                        absent.add(new PendingNode(id, fate.why().words(), now, build, false));
                    }
                }
                case DEFINITION -> {}
            }
        }
        pending.sort(Comparator.comparing(PendingNode::id));
        absent.sort(Comparator.comparing(PendingNode::id));
        List<String> removed = comparison == null
                ? List.of()
                : comparison.removed().stream()
                        .filter(Fates::isBuildable)
                        .map(Resource::uniqueId)
                        .sorted()
                        .toList();
        return new ProductionSummary(null, built, unchanged, pending, absent, removed, run.commit());
    }
}
