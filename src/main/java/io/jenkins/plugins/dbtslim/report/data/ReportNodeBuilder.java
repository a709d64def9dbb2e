package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import java.util.List;

/** Collects the parts of a {@link ReportNode}; what is not given stays empty. */
public final class ReportNodeBuilder {
    private final String id;
    private final String name;
    private final String type;
    private String packageName;
    private String path;
    private String materialized;
    private String group;
    private String access;
    private ChangeKind change = ChangeKind.UNCHANGED;
    private List<ReportReason> reasons = List.of();
    private String formerId;
    private boolean selected;
    private NodeRun run;
    private List<String> dependsOn = List.of();
    private List<String> cause = List.of();
    private boolean breaking;
    private String relationName;
    private ExposureInfo exposure;
    private int linesAdded = -1;
    private int linesRemoved = -1;
    private int setsOff;
    private String droppedWith;
    private DataDifference data;
    private SqlChange sql;
    private FormerObject leftBehind;

    ReportNodeBuilder(String id, String name, String type) {
        this.id = id;
        this.name = name == null ? id : name;
        this.type = type == null ? "" : type;
    }

    public ReportNodeBuilder packageName(String value) {
        packageName = value;
        return this;
    }

    public ReportNodeBuilder path(String value) {
        path = value;
        return this;
    }

    public ReportNodeBuilder materialized(String value) {
        materialized = value;
        return this;
    }

    public ReportNodeBuilder group(String value) {
        group = value;
        return this;
    }

    public ReportNodeBuilder access(String value) {
        access = value;
        return this;
    }

    public ReportNodeBuilder change(ChangeKind kind, List<ReportReason> why) {
        change = kind;
        reasons = why;
        return this;
    }

    public ReportNodeBuilder formerId(String value) {
        formerId = value;
        return this;
    }

    public ReportNodeBuilder selected(boolean value) {
        selected = value;
        return this;
    }

    public ReportNodeBuilder run(NodeRun value) {
        run = value;
        return this;
    }

    public ReportNodeBuilder dependsOn(List<String> ids) {
        dependsOn = ids;
        return this;
    }

    public ReportNodeBuilder cause(List<String> way) {
        cause = way;
        return this;
    }

    public ReportNodeBuilder breaking(boolean value) {
        breaking = value;
        return this;
    }

    public ReportNodeBuilder relationName(String value) {
        relationName = value;
        return this;
    }

    public ReportNodeBuilder exposure(ExposureInfo value) {
        exposure = value;
        return this;
    }

    /** Lines of code added and removed; -1 if unknown. */
    public ReportNodeBuilder lines(int added, int removed) {
        linesAdded = added;
        linesRemoved = removed;
        return this;
    }

    /** What only the whole graph tells: see {@link ReportNode}. */
    public ReportNodeBuilder graph(int dependents, String lostWith) {
        setsOff = dependents;
        droppedWith = lostWith;
        return this;
    }

    /** What the build did to its data; rows of it are texts, and stay out. */
    public ReportNodeBuilder data(DataDifference value) {
        data = value == null ? null : value.withoutSamples();
        return this;
    }

    public ReportNodeBuilder sql(SqlChange value) {
        sql = value;
        return this;
    }

    public ReportNodeBuilder leftBehind(FormerObject value) {
        leftBehind = value;
        return this;
    }

    public ReportNode build() {
        return new ReportNode(
                id,
                name,
                type,
                packageName,
                path,
                materialized,
                group,
                access,
                change,
                reasons,
                formerId,
                selected,
                run,
                dependsOn,
                cause,
                breaking,
                relationName,
                exposure,
                linesAdded,
                linesRemoved,
                setsOff,
                droppedWith,
                data,
                sql,
                leftBehind);
    }
}
