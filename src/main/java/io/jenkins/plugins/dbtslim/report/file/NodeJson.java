package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonParseException;
import io.jenkins.plugins.dbtslim.dbt.result.DataDifference;
import io.jenkins.plugins.dbtslim.dbt.result.SqlChange;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.ExposureInfo;
import io.jenkins.plugins.dbtslim.report.data.FormerObject;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportReason;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** A node of a report as JSON, written and read by one list of its fields; what is empty is left out. */
public final class NodeJson {
    /**
     * A field both ways.
     *
     * @param write it into the object that is open
     * @param read it, now or as an older version wrote it
     */
    private record Field(Write write, BiConsumer<ReportNode.Builder, JsonObject> read) {}

    /** Writes a field. */
    private interface Write {
        void into(ReportJsonWriter json, ReportNode node) throws IOException;
    }

    private static final List<Field> FIELDS = List.of(
            text("package_name", ReportNode::packageName, ReportNode.Builder::packageName),
            text("original_file_path", ReportNode::path, ReportNode.Builder::path),
            text("materialized", ReportNode::materialized, ReportNode.Builder::materialized),
            text("group", ReportNode::group, ReportNode.Builder::group),
            text("access", ReportNode::access, ReportNode.Builder::access),
            new Field(NodeJson::change, NodeJson::change),
            text("former_unique_id", ReportNode::formerId, ReportNode.Builder::formerId),
            flag("selected", ReportNode::selected, ReportNode.Builder::selected),
            object("run", ReportNode::run, NodeJson::run, ReportNode.Builder::run, (id, json) -> run(json)),
            texts("depends_on", ReportNode::dependsOn, ReportNode.Builder::dependsOn),
            texts("cause", ReportNode::cause, ReportNode.Builder::cause),
            flag("breaking", ReportNode::breaking, ReportNode.Builder::breaking),
            text("relation_name", ReportNode::relationName, ReportNode.Builder::relationName),
            object(
                    "exposure",
                    ReportNode::exposure,
                    NodeJson::exposure,
                    ReportNode.Builder::exposure,
                    (id, json) -> exposure(json)),
            number("lines_added", -1, ReportNode::linesAdded, ReportNode.Builder::linesAdded),
            number("lines_removed", -1, ReportNode::linesRemoved, ReportNode.Builder::linesRemoved),
            number("sets_off", 0, ReportNode::setsOff, ReportNode.Builder::setsOff),
            text("dropped_with", ReportNode::droppedWith, ReportNode.Builder::droppedWith),
            object("data", ReportNode::data, DataJson::write, ReportNode.Builder::data, DataDifference::of),
            object("sql", ReportNode::sql, NodeJson::sql, ReportNode.Builder::sql, SqlChange::of),
            object(
                    "left_behind",
                    ReportNode::leftBehind,
                    NodeJson::leftBehind,
                    ReportNode.Builder::leftBehind,
                    (id, json) -> leftBehind(json)));

    private NodeJson() {}

    /** Writes its fields into the object that is open. */
    public static void write(ReportJsonWriter json, ReportNode node) throws IOException {
        json.text("unique_id", node.id());
        json.text("name", node.name());
        json.text("resource_type", node.type());
        for (Field field : FIELDS) {
            field.write().into(json, node);
        }
    }

    /** A node; one without unique_id is none. */
    public static ReportNode read(JsonObject json) throws IOException {
        String id = json.text("unique_id");
        if (id == null) {
            throw new JsonParseException(null, "a node has no unique_id");
        }
        ReportNode.Builder node = ReportNode.of(id, json.text("name"), json.text("resource_type"));
        FIELDS.forEach(field -> field.read().accept(node, json));
        return node.build();
    }

    private static Field text(
            String name, Function<ReportNode, String> get, BiConsumer<ReportNode.Builder, String> set) {
        return new Field(
                (json, node) -> json.text(name, get.apply(node)), (node, json) -> set.accept(node, json.text(name)));
    }

    private static Field texts(
            String name, Function<ReportNode, List<String>> get, BiConsumer<ReportNode.Builder, List<String>> set) {
        return new Field(
                (json, node) -> json.texts(name, get.apply(node)), (node, json) -> set.accept(node, json.texts(name)));
    }

    private static Field flag(String name, Predicate<ReportNode> get, BiConsumer<ReportNode.Builder, Boolean> set) {
        return new Field(
                (json, node) -> json.flag(name, get.test(node)), (node, json) -> set.accept(node, json.flag(name)));
    }

    private static Field number(
            String name, int none, ToIntFunction<ReportNode> get, BiConsumer<ReportNode.Builder, Integer> set) {
        return new Field(
                (json, node) -> json.number(name, get.applyAsInt(node) == none ? null : get.applyAsInt(node)),
                (node, json) -> set.accept(node, json.number(name, none)));
    }

    /** Writes the fields of a part. */
    private interface WritePart<T> {
        void into(ReportJsonWriter json, T part) throws IOException;
    }

    private static <T> Field object(
            String name,
            Function<ReportNode, T> get,
            WritePart<T> write,
            BiConsumer<ReportNode.Builder, T> set,
            BiFunction<String, JsonObject, T> read) {
        return new Field(
                (json, node) -> {
                    T part = get.apply(node);
                    if (part != null) {
                        json.start(name);
                        write.into(json, part);
                        json.end();
                    }
                },
                (node, json) -> set.accept(
                        node, json.has(name) ? read.apply(json.text("unique_id"), json.object(name)) : null));
    }

    private static void change(ReportJsonWriter json, ReportNode node) throws IOException {
        json.text("change", node.change().key());
        json.objects("reasons", node.reasons(), reason -> {
            json.text("aspect", reason.aspect());
            json.texts("details", reason.details());
        });
    }

    private static void change(ReportNode.Builder node, JsonObject json) {
        node.change(
                ChangeKind.ofKey(json.text("change")),
                json.objects("reasons").stream()
                        .map(reason -> new ReportReason(reason.text("aspect", ""), reason.texts("details")))
                        .toList());
    }

    private static void run(ReportJsonWriter json, NodeRun run) throws IOException {
        json.text("status", run.status());
        json.number("seconds", run.seconds());
        json.number("started_millis", run.startedMillis() == 0 ? null : (Long) run.startedMillis());
        json.text("thread", run.thread());
        json.text("message", run.message());
        json.number("failures", run.failures());
        json.number("rows_affected", run.rowsAffected());
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

    private static void exposure(ReportJsonWriter json, ExposureInfo exposure) throws IOException {
        json.text("type", exposure.type());
        json.text("owner", exposure.owner());
        json.text("url", exposure.url());
        json.text("maturity", exposure.maturity());
    }

    private static ExposureInfo exposure(JsonObject json) {
        return new ExposureInfo(json.text("type"), json.text("owner"), json.text("url"), json.text("maturity"));
    }

    private static void sql(ReportJsonWriter json, SqlChange sql) throws IOException {
        json.text("class", sql.kind());
        json.texts("added", sql.added());
        json.texts("removed", sql.removed());
        json.texts("changed", sql.changed());
        json.texts("parts", sql.parts());
        json.text("why", sql.why());
        json.text("reads", sql.reads());
        json.texts("reached", sql.reached());
        json.text("unproven", sql.unproven());
    }

    private static void leftBehind(ReportJsonWriter json, FormerObject object) throws IOException {
        json.text("relation_name", object.relationName());
        json.text("materialized", object.materialized());
    }

    private static FormerObject leftBehind(JsonObject json) {
        return json.text("relation_name") == null
                ? null
                : new FormerObject(json.text("relation_name"), json.text("materialized"));
    }
}
