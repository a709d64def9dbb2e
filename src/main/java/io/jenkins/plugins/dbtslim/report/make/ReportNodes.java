package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DisplayText;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.TextDiff;
import io.jenkins.plugins.dbtslim.state.BreakingChange;
import io.jenkins.plugins.dbtslim.state.Change;
import io.jenkins.plugins.dbtslim.state.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The nodes of a report while it is made, with their texts. */
final class ReportNodes {
    private final Set<String> shown;
    private final Set<String> selected;
    private final Map<String, RunResult> results;
    private final Map<String, BreakingChange> breaking;
    private final Map<String, String> formerIds;
    private final UnaryOperator<String> mask;
    private final boolean firstRun;
    private final BehindNodes theirs;
    private final List<String> behind = new ArrayList<>();
    private final Map<String, NodeTexts> texts = new HashMap<>();
    private final List<ReportNode> nodes = new ArrayList<>();
    private Map<String, ResourceText> before = Map.of();
    private Map<String, ResourceText> after = Map.of();
    private Map<String, FormerObject> leftBehind = Map.of();
    private Map<String, DataDifference> data = Map.of();
    private Map<String, SqlChange> sql = Map.of();

    ReportNodes(
            Set<String> shown,
            Set<String> selected,
            Map<String, RunResult> results,
            Map<String, BreakingChange> breaking,
            Map<String, String> formerIds,
            UnaryOperator<String> mask,
            boolean firstRun,
            BehindNodes theirs) {
        this.shown = shown;
        this.selected = selected;
        this.results = results;
        this.breaking = breaking;
        this.formerIds = formerIds;
        this.mask = mask;
        this.firstRun = firstRun;
        this.theirs = theirs;
    }

    void texts(Map<String, ResourceText> ofState, Map<String, ResourceText> ofCurrent) {
        before = ofState;
        after = ofCurrent;
    }

    Map<String, ResourceText> before() {
        return before;
    }

    Map<String, ResourceText> after() {
        return after;
    }

    void data(Map<String, DataDifference> differences, Map<String, SqlChange> columns) {
        data = differences;
        sql = columns;
    }

    void leftBehind(Map<String, FormerObject> objects) {
        leftBehind = objects;
    }

    List<ReportNode> nodes() {
        return nodes;
    }

    Map<String, NodeTexts> texts() {
        return texts;
    }

    /** Whether it differs only because production is ahead. */
    boolean isBehind(Resource resource) {
        return theirs.contains(resource);
    }

    /** Names of the nodes that differ only because production is ahead. */
    List<String> behind() {
        return behind;
    }

    /** Adds a resource of the current manifest. */
    void add(Resource resource, Change change, Reach reach) {
        String id = resource.uniqueId();
        String former = formerIds.get(id);
        ResourceText old = before.get(former == null ? id : former);
        ResourceText now = after.get(id);
        RunResult result = results.get(id);
        boolean failed = result != null && result.isFailure();
        List<ReportReason> reasons = new ArrayList<>();
        if (change != null) {
            // The code of a generic test is generated from what is told anyway.
            change.reasons().stream()
                    .filter(Reason::decisive)
                    .forEach(reason -> reasons.add(new ReportReason(
                            reason.aspect().name().toLowerCase(Locale.ROOT),
                            reason.details().stream().map(mask).toList())));
        }
        if (change != null && isBehind(resource)) {
            reasons.add(ReportReason.BEHIND);
            behind.add(name(resource));
        }
        boolean contract =
                reasons.stream().anyMatch(reason -> reason.aspect().equals("contract")) || breaking.containsKey(id);
        NodeTexts found = change == null && !failed
                ? null
                : new TextChanges(mask).of(id, change == null ? now : old, now, contract, breaking.get(id), failed);
        if (found != null) {
            texts.put(id, found);
        }
        DataDifference difference = data.get(id) == null ? null : data.get(id).masked(mask);
        if (difference != null && !difference.samples().isEmpty()) {
            texts.put(id, (found == null ? NodeTexts.ofCode(id, null, null) : found).with(difference.samples()));
        }
        boolean both = old != null && now != null && change != null;
        int[] lines = both ? TextDiff.count(old.rawCode(), now.rawCode()) : new int[] {-1, -1};
        if (change != null && old == null && now != null) {
            lines = TextDiff.count(null, now.rawCode());
        }
        nodes.add(start(resource)
                .change(kind(id, change, reach), reasons)
                .formerId(former)
                .selected(selected.contains(id))
                .run(result == null || isNothing(resource, result) ? null : run(result))
                .dependsOn(resource.dependsOn().stream().filter(shown::contains).toList())
                .cause(reach.way(id))
                .breaking(breaking.containsKey(id))
                .relationName(result != null && result.relationName() != null ? result.relationName() : relation(now))
                .exposure(resource.resourceType().equals("exposure") && now != null ? exposure(now) : null)
                .linesAdded(lines[0])
                .linesRemoved(lines[1])
                .leftBehind(leftBehind.get(id))
                .data(difference)
                .sql(sql.get(id) == null ? null : sql.get(id).masked(mask))
                .build());
    }

    /** Adds a resource that only the state has. */
    void addRemoved(Resource resource) {
        String id = resource.uniqueId();
        if (isBehind(resource)) {
            behind.add(name(resource));
        }
        ResourceText old = before.get(id);
        NodeTexts found = new TextChanges(mask).of(id, old, null, false, null, false);
        if (found != null) {
            texts.put(id, found);
        }
        nodes.add(start(resource)
                .change(ChangeKind.REMOVED, isBehind(resource) ? List.of(ReportReason.BEHIND) : List.of())
                .relationName(relation(old))
                .leftBehind(leftBehind.get(id))
                .breaking(breaking.containsKey(id))
                .build());
    }

    private static ReportNode.Builder start(Resource resource) {
        return ReportNode.of(resource.uniqueId(), name(resource), resource.resourceType())
                .packageName(resource.packageName())
                .path(resource.originalFilePath())
                .materialized(resource.isOfAnotherProject() ? null : resource.materialized())
                .group(resource.group())
                .access(resource.access());
    }

    /** dbt lists exposures and saved queries among its results, also as skipped, and does nothing with them. */
    private static boolean isNothing(Resource resource, RunResult result) {
        boolean isNeverRun = resource.section() == Section.EXPOSURES || resource.section() == Section.SAVED_QUERIES;
        return ("no-op".equals(result.status()) && !ReportNode.isBuildable(resource.resourceType()))
                || ("skipped".equals(result.status()) && isNeverRun);
    }

    /** A table is known by its source, a version by its number. */
    private static String name(Resource resource) {
        return resource.section() == Section.SOURCES || resource.version() != null
                ? ReportNode.nameOf(resource.uniqueId())
                : resource.name();
    }

    private ChangeKind kind(String id, Change change, Reach reach) {
        if (formerIds.containsKey(id)) {
            return ChangeKind.RENAMED;
        }
        if (change != null) {
            return change.kind() == Change.Kind.NEW ? ChangeKind.NEW : ChangeKind.MODIFIED;
        }
        if (firstRun) {
            return ChangeKind.NEW;
        }
        return reach.contains(id) ? ChangeKind.DOWNSTREAM : ChangeKind.UNCHANGED;
    }

    private static String relation(ResourceText text) {
        return text == null ? null : text.relationName();
    }

    private NodeRun run(RunResult result) {
        return new NodeRun(
                result.status(),
                result.executionSeconds(),
                millis(result.startedAt()),
                result.threadId(),
                result.message() == null ? null : mask.apply(result.message()),
                result.failures(),
                result.rowsAffected());
    }

    /** dbt writes UTC, with a Z at the end or (before 1.10) without. */
    private static long millis(String time) {
        try {
            return time == null
                    ? 0
                    : Instant.parse(time.endsWith("Z") || time.contains("+") ? time : time + "Z")
                            .toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private ExposureInfo exposure(ResourceText text) {
        Map<?, ?> owner = text.map("owner");
        String name = string(owner.get("name"));
        String email = string(owner.get("email"));
        String who = name == null ? email : email == null ? name : name + " <" + email + ">";
        return new ExposureInfo(
                masked(text.values().get("type")),
                masked(who),
                masked(text.values().get("url")),
                masked(text.values().get("maturity")));
    }

    private String masked(Object value) {
        return value == null ? null : string(mask.apply(String.valueOf(value)));
    }

    private static String string(Object value) {
        return value == null ? null : DisplayText.cut(String.valueOf(value), 1000);
    }
}
