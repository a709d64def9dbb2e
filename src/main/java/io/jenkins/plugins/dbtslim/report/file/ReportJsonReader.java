package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonParseException;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.RunCommand;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the parts of a report from JSON that {@link ReportJsonWriter} wrote, now or in an older version. */
public final class ReportJsonReader {
    private ReportJsonReader() {}

    /** The head of a report. */
    public static ReportHead head(JsonObject json) {
        JsonObject run = json.object("run");
        JsonObject saved = json.object("saved");
        JsonObject counts = json.object("counts");
        return new ReportHead(
                json.text("project"),
                RunStatus.ofKey(json.text("outcome")),
                origin(json, "state"),
                origin(json, "current"),
                new RunInfo(
                        run.texts("select"),
                        run.texts("exclude"),
                        run.text("target"),
                        run.flag("deferred"),
                        run.number("exit_code", -1),
                        run.decimal("elapsed_seconds", 0),
                        run.texts("messages"),
                        run.objects("warnings").stream()
                                .map(each -> new RunWarning(
                                        each.text("event", ""), each.text("text", ""), each.number("count", 1)))
                                .toList(),
                        run.texts("arguments"),
                        run.object("parts").decimals(),
                        new DeferredReads(run.texts("read_from_production"), run.texts("read_from_own")),
                        RunOrigin.ofTexts(run.object("origin")::text),
                        run.objects("commands").stream()
                                .map(each -> new RunCommand(
                                        each.text("name", ""), each.text("status", ""), each.decimal("seconds", 0)))
                                .toList()),
                new SavedTime(
                        saved.number("nodes", 0),
                        saved.number("tests", 0),
                        saved.decimal("seconds", -1),
                        saved.number("timed", 0)),
                json.texts("advice"),
                ReportCounts.kept(name -> counts.number(ReportJsonWriter.countField(name), 0)),
                json.objects("causes").stream().map(ReportJsonReader::cause).toList(),
                DeploymentJson.read(json),
                InPlace.in(json));
    }

    private static ReportCause cause(JsonObject json) {
        return new ReportCause(
                json.text("id", ""),
                json.text("original_file_path"),
                ChangeKind.ofKey(json.text("change")),
                json.number("nodes", 0),
                json.number("tests", 0),
                json.texts("macros"),
                json.number("macro_count", 1),
                json.has("input") ? input(json.object("input")) : null);
    }

    private static ReportCause.Input input(JsonObject json) {
        return new ReportCause.Input(json.text("change"), json.flag("sure"), json.flag("counts"));
    }

    private static ManifestOrigin origin(JsonObject json, String name) {
        if (!json.has(name)) {
            return null;
        }
        JsonObject origin = json.object(name);
        Metadata metadata = !origin.has("schema_version")
                ? null
                : new Metadata(
                        origin.number("schema_version", 0),
                        origin.text("dbt_version"),
                        origin.text("project_name"),
                        origin.text("adapter_type"),
                        origin.text("generated_at"),
                        origin.text("invocation_id"));
        return new ManifestOrigin(
                metadata, origin.text("location"), origin.text("etag"), origin.text("sha256"), origin.text("commit"));
    }

    /** A node; one without unique_id is none. */
    public static ReportNode node(JsonObject json) throws IOException {
        String id = json.text("unique_id");
        if (id == null) {
            throw new JsonParseException(null, "a node has no unique_id");
        }
        List<ReportReason> reasons = new ArrayList<>();
        for (JsonObject reason : json.objects("reasons")) {
            reasons.add(new ReportReason(reason.text("aspect", ""), reason.texts("details")));
        }
        return ReportNode.of(id, json.text("name"), json.text("resource_type"))
                .packageName(json.text("package_name"))
                .path(json.text("original_file_path"))
                .materialized(json.text("materialized"))
                .group(json.text("group"))
                .access(json.text("access"))
                .change(ChangeKind.ofKey(json.text("change")), reasons)
                .formerId(json.text("former_unique_id"))
                .selected(json.flag("selected"))
                .run(json.has("run") ? run(json.object("run")) : null)
                .dependsOn(json.texts("depends_on"))
                .cause(json.texts("cause"))
                .breaking(json.flag("breaking"))
                .relationName(json.text("relation_name"))
                .exposure(json.has("exposure") ? exposure(json.object("exposure")) : null)
                .lines(json.number("lines_added", -1), json.number("lines_removed", -1))
                .graph(json.number("sets_off", 0), json.text("dropped_with"))
                .data(json.has("data") ? DataDifference.of(id, json.object("data")) : null)
                .sql(json.has("sql") ? SqlChange.of(id, json.object("sql")) : null)
                .leftBehind(json.has("left_behind") ? leftBehind(json.object("left_behind")) : null)
                .build();
    }

    private static NodeRun run(JsonObject json) {
        Long started = json.number("started_millis");
        return new NodeRun(
                json.text("status", ""),
                json.decimal("seconds", 0),
                started == null ? 0 : started,
                json.text("thread"),
                json.text("message"),
                json.number("failures"),
                json.number("rows_affected"));
    }

    private static ExposureInfo exposure(JsonObject json) {
        return new ExposureInfo(json.text("type"), json.text("owner"), json.text("url"), json.text("maturity"));
    }

    private static FormerObject leftBehind(JsonObject json) {
        return json.text("relation_name") == null
                ? null
                : new FormerObject(json.text("relation_name"), json.text("materialized"));
    }

    public static NodeTexts texts(String id, JsonObject json) {
        List<NodeTexts.ConfigChange> configs = new ArrayList<>();
        for (JsonObject change : json.objects("configs")) {
            configs.add(
                    new NodeTexts.ConfigChange(change.text("key", ""), change.text("before"), change.text("after")));
        }
        List<NodeTexts.ColumnChange> columns = new ArrayList<>();
        for (JsonObject change : json.objects("columns")) {
            columns.add(new NodeTexts.ColumnChange(
                    change.text("name", ""), change.text("before"), change.text("after"), change.flag("breaking")));
        }
        return new NodeTexts(
                id,
                text(json, "code_before"),
                text(json, "code_after"),
                text(json, "compiled_code"),
                text(json, "description_before"),
                text(json, "description_after"),
                configs,
                columns,
                DataDifference.samples(json));
    }

    private static ReportText text(JsonObject json, String name) {
        JsonObject text = json.object(name);
        return text.has("text") ? new ReportText(text.text("text"), text.number("omitted", 0)) : null;
    }
}
