package io.jenkins.plugins.dbtslim.dbt.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the driver's {@code events.jsonl} while the driver writes it: what was added since the last look, and only
 * whole lines. Lines that are no events are passed over, so that nothing that a project can do to the file stops the
 * view of a run.
 */
public final class RunEvents {
    /** Name of the file in the kept folder. */
    public static final String FILE = "events.jsonl";
    /** Name of the file with the ids of what is to run. */
    static final String SELECTED = "selected.json";

    private static final int MAX_ID = 300;

    private final Path keep;
    private final Map<String, Double> former;
    private String phase;
    private String operation;
    private int total;
    private int done;
    private int failed;
    private int skipped;
    private final Map<String, Double> running;
    private final List<String> failures;
    private int lanes;
    private double seconds;
    private WorkLeft work;
    private boolean ended;

    private RunEvents(Path keep, RunProgress before, Map<String, Double> former) {
        this.keep = keep;
        this.former = former;
        phase = before.phase();
        operation = before.operation();
        total = before.total();
        done = before.done();
        failed = before.failed();
        skipped = before.skipped();
        running = new LinkedHashMap<>(before.running());
        failures = new ArrayList<>(before.failures());
        lanes = before.lanes();
        seconds = before.seconds();
        work = before.work();
        ended = before.ended();
    }

    /**
     * What is known now.
     *
     * @param keep the kept folder; it need not exist yet
     * @param before what was known at the last look, {@link RunProgress#NONE} at the first
     * @param former seconds that nodes took in former runs, by unique_id, for {@link RunProgress#secondsLeft}
     */
    public static RunProgress read(Path keep, RunProgress before, Map<String, Double> former) throws IOException {
        Path file = keep.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return before;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            RunProgress from = channel.size() < before.position() ? RunProgress.NONE : before;
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) Math.min(AgentLimits.EVENTS, channel.size() - from.position()));
            while (bytes.hasRemaining() && channel.read(bytes, from.position() + bytes.position()) > 0) {
                // until the chunk is full or the file is at its end
            }
            RunEvents events = new RunEvents(keep, from, former);
            int used = events.lines(bytes.array(), bytes.position());
            return events.progress(from.position() + used);
        }
    }

    /** Gives how many bytes need not be read again. */
    private int lines(byte[] bytes, int length) throws IOException {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i - start);
                start = i + 1;
            }
        }
        boolean endless = start == 0 && length == AgentLimits.EVENTS;
        return endless ? length : start;
    }

    private void line(byte[] bytes, int from, int length) throws IOException {
        JsonObject event;
        try (JsonParser json = JsonObject.JSON.createParser(bytes, from, length)) {
            event = JsonObject.read(json);
        } catch (JacksonException e) {
            return;
        }
        seconds = Math.max(seconds, time(event));
        event(event);
    }

    private void event(JsonObject event) throws IOException {
        String id = cut(event.text("id"));
        switch (event.text("kind", "")) {
            case "phase" -> {
                phase = cut(event.text("name"));
                operation = cut(event.text("macro"));
            }
            case "selected" -> {
                total = (int) Math.max(0, Math.min(event.decimal("count", 0), Integer.MAX_VALUE));
                work = WorkLeft.of(selected(), former);
            }
            case "start" -> {
                if (id != null && running.size() < RunProgress.MAX_RUNNING) {
                    running.put(id, time(event));
                    lanes = Math.max(lanes, running.size());
                }
            }
            case "done" -> {
                if (id != null) {
                    done(id, event.text("status", ""));
                }
            }
            case "end" -> {
                ended = true;
                running.clear();
            }
            default -> {}
        }
    }

    private void done(String id, String status) {
        done++;
        running.remove(id);
        if (work.isKnown()) {
            double left = work.seconds() - former.getOrDefault(id, work.mean());
            work = new WorkLeft(Math.max(0, left), work.mean(), Map.of());
        }
        if (status.equals("skipped")) {
            skipped++;
        } else if (RunResult.isFailure(status)) {
            failed++;
            if (failures.size() < RunProgress.MAX_FAILURES) {
                failures.add(id);
            }
        }
    }

    /** The driver writes the file before it tells of it. */
    private List<String> selected() throws IOException {
        List<String> ids = new ArrayList<>();
        Path file = keep.resolve(SELECTED);
        if (!Files.isRegularFile(file) || Files.size(file) > AgentLimits.JSON_BYTES) {
            return ids;
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JsonObject.JSON.createParser(in)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.VALUE_STRING && ids.size() < AgentLimits.NODES) {
                    ids.add(json.getText());
                }
            }
        } catch (JacksonException e) {
            ids.clear();
        }
        return ids;
    }

    private RunProgress progress(long position) {
        Map<String, Double> known = new LinkedHashMap<>();
        running.keySet().forEach(id -> {
            if (former.containsKey(id)) {
                known.put(id, former.get(id));
            }
        });
        return new RunProgress(
                position,
                phase,
                operation,
                total,
                done,
                failed,
                skipped,
                running,
                failures,
                lanes,
                seconds,
                new WorkLeft(work.seconds(), work.mean(), known),
                ended);
    }

    private static String cut(String text) {
        return text == null || text.length() <= MAX_ID ? text : text.substring(0, MAX_ID);
    }

    private static double time(JsonObject event) {
        return Math.max(0, event.decimal("t", 0));
    }
}
