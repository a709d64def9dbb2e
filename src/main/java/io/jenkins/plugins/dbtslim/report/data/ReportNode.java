package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.io.RecordParts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One node of the report: changed, set off by a change, or run. Its texts are apart ({@link NodeTexts}), so that a list
 * of nodes stays small.
 *
 * @param id dbt's unique_id
 * @param type resource_type, such as {@code model}
 * @param path original_file_path, relative to the project
 * @param formerId unique_id in production, for a renamed node; null otherwise
 * @param selected whether dbt selected it in this run
 * @param run what dbt reported for it; null if it did not run
 * @param dependsOn unique_ids of direct parents, only those that are in the report
 * @param cause the way from a changed node to this one, both included; empty for a node that changed itself
 * @param breaking whether its contract is broken for those who use it
 * @param relationName quoted name of the object in the database (of production, for a removed node); null if it has
 *     none
 * @param exposure set for exposures only
 * @param linesAdded lines of code added, or -1 if unknown
 * @param linesRemoved lines of code removed, or -1 if unknown
 * @param setsOff how many nodes of the report depend on it, directly or not, tests apart
 * @param droppedWith unique_id of the parent that Materialize dropped it with, and it was not built again; null
 *     otherwise
 * @param data what the build did to its data, without rows; null where that was not looked at
 * @param sql what its changed SQL does to columns; null where that is not known
 * @param leftBehind what it made in production before and nothing uses now; null if there is no such thing
 */
public record ReportNode(
        String id,
        String name,
        String type,
        String packageName,
        String path,
        String materialized,
        String group,
        String access,
        ChangeKind change,
        List<ReportReason> reasons,
        String formerId,
        boolean selected,
        @CheckForNull NodeRun run,
        List<String> dependsOn,
        List<String> cause,
        boolean breaking,
        @CheckForNull String relationName,
        ExposureInfo exposure,
        int linesAdded,
        int linesRemoved,
        int setsOff,
        String droppedWith,
        @CheckForNull DataDifference data,
        @CheckForNull SqlChange sql,
        @CheckForNull FormerObject leftBehind) {
    /** The order of lists: failed ones, then by what changed. */
    public static final Comparator<ReportNode> WORST_FIRST = Comparator.comparing((ReportNode node) -> !node.failed())
            .thenComparing(ReportNode::change)
            .thenComparing(ReportNode::name)
            .thenComparing(ReportNode::id);

    private static final RecordParts<ReportNode> PARTS = new RecordParts<>(ReportNode.class);
    private static final Set<String> TESTS = Set.of("test", "unit_test");

    public ReportNode {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(change, "change");
        reasons = List.copyOf(reasons);
        dependsOn = List.copyOf(dependsOn);
        cause = List.copyOf(cause);
    }

    /** Whether it differs only because production is ahead of the branch. */
    public boolean isBehind() {
        return reasons.contains(ReportReason.BEHIND);
    }

    /** Whether the branch that was built changed it. */
    public boolean isChangeOfBranch() {
        return change.isChange() && !isBehind();
    }

    /** A data test or a unit test: part of its model in pictures, counted apart. */
    public boolean isTest() {
        return isTest(type);
    }

    /** A hook of the project: nothing that anything reads. */
    public boolean isHook() {
        return "operation".equals(type);
    }

    public static boolean isTest(String type) {
        return TESTS.contains(type);
    }

    /** Whether a database object is made of it, so that not rebuilding it saves time. */
    public boolean isBuildable() {
        return isBuildable(type) && !isOfAnotherProject();
    }

    /** Whether another project builds it, and this one only refers to it: it has no file. */
    public boolean isOfAnotherProject() {
        return isModel() && "".equals(path);
    }

    public boolean isModel() {
        return "model".equals(type);
    }

    public static boolean isBuildable(String type) {
        return "model".equals(type) || "seed".equals(type) || "snapshot".equals(type);
    }

    public boolean failed() {
        return run != null && run.result() == NodeRun.Result.FAILED;
    }

    /** Starts a node like this one. */
    public Builder with() {
        return new Builder(PARTS.values(this));
    }

    /** How people call the node of a unique_id: without resource type, package, and the hash that ends a test's id. */
    public static String nameOf(String id) {
        String[] parts = id.split("\\.", 3);
        String name = parts.length < 3 ? id : parts[2];
        return id.startsWith("test.") ? name.replaceFirst("\\.[0-9a-f]{10}$", "") : name;
    }

    /** Starts a node with what every node has. */
    public static Builder of(String id, String name, String type) {
        return new Builder(new Object[PARTS.names().size()])
                .set("id", id)
                .set("name", name == null ? id : name)
                .set("type", type == null ? "" : type)
                .change(ChangeKind.UNCHANGED, List.of())
                .selected(false)
                .dependsOn(List.of())
                .cause(List.of())
                .breaking(false)
                .linesAdded(-1)
                .linesRemoved(-1)
                .setsOff(0);
    }

    /** Collects the parts of a node; what is not given stays empty. */
    public static final class Builder {
        private final Object[] values;

        private Builder(Object[] values) {
            this.values = values;
        }

        private Builder set(String part, Object value) {
            values[PARTS.place(part)] = value;
            return this;
        }

        public Builder packageName(String value) {
            return set("packageName", value);
        }

        public Builder path(String value) {
            return set("path", value);
        }

        public Builder materialized(String value) {
            return set("materialized", value);
        }

        public Builder group(String value) {
            return set("group", value);
        }

        public Builder access(String value) {
            return set("access", value);
        }

        public Builder change(ChangeKind kind, List<ReportReason> why) {
            return set("change", kind).set("reasons", why);
        }

        public Builder formerId(String value) {
            return set("formerId", value);
        }

        public Builder selected(boolean value) {
            return set("selected", value);
        }

        public Builder run(NodeRun value) {
            return set("run", value);
        }

        public Builder dependsOn(List<String> ids) {
            return set("dependsOn", ids);
        }

        public Builder cause(List<String> way) {
            return set("cause", way);
        }

        public Builder breaking(boolean value) {
            return set("breaking", value);
        }

        public Builder relationName(String value) {
            return set("relationName", value);
        }

        public Builder exposure(ExposureInfo value) {
            return set("exposure", value);
        }

        public Builder linesAdded(int value) {
            return set("linesAdded", value);
        }

        public Builder linesRemoved(int value) {
            return set("linesRemoved", value);
        }

        public Builder setsOff(int value) {
            return set("setsOff", value);
        }

        public Builder droppedWith(String value) {
            return set("droppedWith", value);
        }

        /** What the build did to its data; rows of it are texts, and stay out. */
        public Builder data(DataDifference value) {
            return set("data", value == null ? null : value.withoutSamples());
        }

        public Builder sql(SqlChange value) {
            return set("sql", value);
        }

        public Builder leftBehind(FormerObject value) {
            return set("leftBehind", value);
        }

        public ReportNode build() {
            return PARTS.make(values);
        }
    }
}
