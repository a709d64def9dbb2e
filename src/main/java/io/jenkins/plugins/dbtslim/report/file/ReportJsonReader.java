package io.jenkins.plugins.dbtslim.report.file;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.InPlace;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.DeferredReads;
import io.jenkins.plugins.dbtslim.report.data.ManifestOrigin;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportCause;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportText;
import io.jenkins.plugins.dbtslim.report.data.RunCommand;
import io.jenkins.plugins.dbtslim.report.data.RunInfo;
import io.jenkins.plugins.dbtslim.report.data.RunWarning;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
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
