package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The file of a report: a zip archive of JSON blocks, each compressed for itself, so that a page reads only the blocks
 * that it shows.
 *
 * <p>{@code report.json} holds what the summary needs, {@code nodes.json} all nodes, {@code not-rebuilt.json} ids,
 * {@code seconds.json} the last timing of each node, and {@code texts/<n>.json} the texts of the nodes, some 100 kB a
 * block; {@code texts.json} lists the ids of each block. A reader ignores fields and entries that it does not know,
 * does without entries that an older version did not write, and refuses formats newer than its own.
 */
public final class SlimReportFile implements ReportSource {
    /** Version of the format; raised only when an old reader would be wrong about a file. */
    public static final int FORMAT = 1;

    private final Path file;
    private final ZipFile zip;
    private final ReportHead head;
    private SlimReport report;
    private final TextBlocks texts;

    private SlimReportFile(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        JsonObject fields = object("report.json");
        if (fields == null || fields.number("format", 0) < 1) {
            throw new ReportException(
                    file + " is not a dbt-slim report: make one with \"dbt-slim build --report FILE\".");
        }
        if (fields.number("format", 0) > FORMAT) {
            throw new ReportException(file + " was written by a newer version of dbt-slim (report format "
                    + fields.number("format", 0) + "): update to read it.");
        }
        this.head = ReportJsonReader.head(fields);
        this.texts = new TextBlocks(this);
    }

    /** Whether the file begins like a report file (and not like JSON). */
    public static boolean looksLikeReport(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        }
    }

    /** Opens a report; only its head is read now. */
    public static SlimReportFile open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw new ReportException(
                    file + " is not a dbt-slim report, or it is cut off (" + e.getMessage() + "): make it again.", e);
        }
        try {
            return new SlimReportFile(file, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /**
     * Timings of a report that may be there: see {@link ReportSource#lastSeconds()}; none of what is not a report that
     * we can read.
     */
    public static Map<String, Double> lastSeconds(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try (SlimReportFile report = open(file)) {
            return report.lastSeconds();
        } catch (ReportException e) {
            return Map.of();
        }
    }

    /** Writes a report whole, so that no reader sees half of it. */
    public static void write(Path file, ReportSource source) throws IOException {
        AtomicFile.write(file, out -> SlimReportWriter.write(out, source));
    }

    @Override
    public ReportHead head() {
        return head;
    }

    @Override
    public synchronized SlimReport report() throws IOException {
        if (report == null) {
            List<ReportNode> nodes = new ArrayList<>();
            each("nodes.json", json -> {
                ReportNode node = NodeJson.read(json);
                nodes.add(node);
                if (nodes.size() > AgentLimits.NODES || node.id().length() > AgentLimits.TEXT) {
                    throw new StreamConstraintsException("more than dbt has");
                }
                return true;
            });
            report = new SlimReport(head, nodes);
        }
        return report;
    }

    @Override
    public Map<String, Double> lastSeconds() throws IOException {
        JsonObject json = object("seconds.json");
        return json == null ? Map.of() : json.object("seconds").decimals();
    }

    @Override
    public NodeTexts texts(String id) throws IOException {
        return texts.of(id);
    }

    @Override
    public List<String> notRebuilt() throws IOException {
        JsonObject json = object("not-rebuilt.json");
        return json == null ? List.of() : json.texts("ids");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The object that an entry holds, or null if there is no such entry. */
    @CheckForNull
    JsonObject object(String name) throws IOException {
        List<JsonObject> found = new ArrayList<>();
        each(name, json -> {
            found.add(json);
            return false;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /** Takes the objects of an entry. */
    @FunctionalInterface
    interface Consumer {
        /** Whether the next one is wanted too. */
        boolean take(JsonObject json) throws IOException;
    }

    /** Hands over the objects of an entry, which is an object or an array of objects, as long as more are wanted. */
    void each(String name, Consumer consumer) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry);
                JsonParser json = JsonObject.JSON.createParser(in)) {
            boolean array = json.nextToken() == JsonToken.START_ARRAY;
            boolean more = !array || json.nextToken() == JsonToken.START_OBJECT;
            while (more) {
                more = consumer.take(JsonObject.read(json)) && array && json.nextToken() == JsonToken.START_OBJECT;
            }
        } catch (StreamConstraintsException e) {
            throw new ReportException(
                    file + " has a block that is too big to be a report of dbt-slim (" + name
                            + "): make the report again.",
                    e);
        } catch (JsonProcessingException | ZipException | EOFException | CharacterCodingException e) {
            throw damaged(name, e);
        }
    }

    private ReportException damaged(String name, Exception cause) {
        return new ReportException(file + " is damaged at " + name + ": make the report again.", cause);
    }
}
