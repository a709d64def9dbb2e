package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.picture.LineageGraph;
import io.jenkins.plugins.dbtslim.report.picture.LineageLayout;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;
import io.jenkins.plugins.dbtslim.report.picture.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The pictures of a report in its file. */
final class PictureJson {
    private PictureJson() {}

    /** The fields of the lineage, into the object that is open. */
    static void write(JsonGenerator json, LineagePlan plan) throws IOException {
        LineageLayout layout = plan.layout();
        json.writeBooleanField("collapsed", plan.graph().collapsed());
        numbers(json, "size", layout.width(), layout.height(), layout.boxWidth(), layout.boxHeight());
        json.writeArrayFieldStart("boxes");
        for (int i = 0; i < plan.graph().boxes().size(); i++) {
            box(json, plan.graph().boxes().get(i), layout.boxes().get(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("paths");
        for (LineageLayout.Path path : layout.paths()) {
            json.writeStartObject();
            json.writeNumberField("from", path.from());
            json.writeNumberField("to", path.to());
            json.writeArrayFieldStart("points");
            for (LineageLayout.Place point : path.points()) {
                number(json, point.x());
                number(json, point.y());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void box(JsonGenerator json, LineageGraph.Box box, LineageLayout.Place place) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", box.label());
        json.writeNumberField("number", box.number());
        numbers(json, "place", place.x(), place.y());
        json.writeObjectFieldStart("changes");
        for (Map.Entry<ChangeKind, Integer> change : box.changes().entrySet()) {
            json.writeNumberField(change.getKey().key(), change.getValue());
        }
        json.writeEndObject();
        if (box.id() != null) {
            json.writeStringField("unique_id", box.id());
            json.writeStringField("kind", box.about().kind());
            new ReportJsonWriter(json).texts("aspects", box.about().aspects());
        }
        if (box.result() != null) {
            json.writeStringField("result", box.result().name());
        }
        if (box.isExposure()) {
            json.writeBooleanField("exposure", true);
        }
        if (box.tests() > 0) {
            json.writeNumberField("tests", box.tests());
            json.writeNumberField("failed_tests", box.failedTests());
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String name, double... values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    /** A tenth of a pixel is as exact as the picture is drawn. */
    private static void number(JsonGenerator json, double value) throws IOException {
        json.writeNumber(Math.round(value * 10) / 10.0);
    }

    static LineagePlan lineage(Fields json) {
        List<Double> size = json.decimals("size");
        List<LineageGraph.Box> boxes = new ArrayList<>();
        List<LineageLayout.Place> places = new ArrayList<>();
        for (Fields box : json.objects("boxes")) {
            List<Double> place = box.decimals("place");
            places.add(new LineageLayout.Place(place.get(0), place.get(1)));
            boxes.add(box(box));
        }
        List<int[]> edges = new ArrayList<>();
        List<LineageLayout.Path> paths = new ArrayList<>();
        for (Fields path : json.objects("paths")) {
            List<Double> numbers = path.decimals("points");
            List<LineageLayout.Place> points = new ArrayList<>();
            for (int i = 0; i + 1 < numbers.size(); i += 2) {
                points.add(new LineageLayout.Place(numbers.get(i), numbers.get(i + 1)));
            }
            int[] edge = {path.number("from", 0), path.number("to", 0)};
            edges.add(edge);
            paths.add(new LineageLayout.Path(edge[0], edge[1], points));
        }
        return new LineagePlan(
                new LineageGraph(boxes, edges, json.flag("collapsed")),
                new LineageLayout(size.get(0), size.get(1), places, paths, size.get(2), size.get(3)));
    }

    private static LineageGraph.Box box(Fields json) {
        Map<ChangeKind, Integer> changes = new EnumMap<>(ChangeKind.class);
        Fields counts = json.object("changes");
        for (ChangeKind kind : ChangeKind.values()) {
            if (counts.has(kind.key())) {
                changes.put(kind, counts.number(kind.key(), 0));
            }
        }
        return new LineageGraph.Box(
                json.text("label", ""),
                json.text("unique_id"),
                json.number("number", -1),
                changes,
                json.has("result") ? NodeRun.Result.valueOf(json.text("result")) : null,
                json.flag("exposure"),
                new LineageGraph.About(json.texts("aspects"), json.text("kind")),
                json.number("tests", 0),
                json.number("failed_tests", 0));
    }

    /** The fields of the timeline, into the object that is open. */
    static void write(JsonGenerator json, Timeline timeline) throws IOException {
        json.writeNumberField("millis", timeline.millis());
        json.writeNumberField("lanes", timeline.lanes());
        json.writeNumberField("ran", timeline.ran());
        json.writeArrayFieldStart("bars");
        for (Timeline.Bar bar : timeline.bars()) {
            json.writeStartObject();
            json.writeStringField("name", bar.name());
            json.writeStringField("status", bar.status());
            json.writeNumberField("seconds", bar.seconds());
            json.writeNumberField("lane", bar.lane());
            json.writeNumberField("start_millis", bar.startMillis());
            json.writeBooleanField("test", bar.test());
            json.writeBooleanField("critical", bar.critical());
            json.writeEndObject();
        }
        json.writeEndArray();
        steps(json, "critical", timeline.critical());
        steps(json, "slowest", timeline.slowest());
    }

    private static void steps(JsonGenerator json, String name, List<Timeline.Step> steps) throws IOException {
        json.writeArrayFieldStart(name);
        for (Timeline.Step step : steps) {
            json.writeStartObject();
            json.writeNumberField("number", step.number());
            json.writeStringField("unique_id", step.id());
            json.writeStringField("name", step.name());
            json.writeNumberField("seconds", step.seconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static Timeline timeline(Fields json) {
        List<Timeline.Bar> bars = new ArrayList<>();
        for (Fields bar : json.objects("bars")) {
            Long start = bar.number("start_millis");
            bars.add(new Timeline.Bar(
                    bar.text("name", ""),
                    bar.text("status", ""),
                    bar.decimal("seconds", 0),
                    bar.number("lane", 0),
                    start == null ? 0 : start,
                    bar.flag("test"),
                    bar.flag("critical")));
        }
        Long millis = json.number("millis");
        return new Timeline(
                millis == null ? 1 : millis,
                json.number("lanes", 0),
                json.number("ran", 0),
                bars,
                steps(json, "critical"),
                steps(json, "slowest"));
    }

    private static List<Timeline.Step> steps(Fields json, String name) {
        List<Timeline.Step> steps = new ArrayList<>();
        for (Fields step : json.objects(name)) {
            steps.add(new Timeline.Step(
                    step.number("number", 0),
                    step.text("unique_id", ""),
                    step.text("name", ""),
                    step.decimal("seconds", 0)));
        }
        return steps;
    }
}
