package io.jenkins.plugins.dbtslim.report.file;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.report.data.NodeTexts;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts in a report file: written in blocks as big as good compression needs, read one block at a time. */
final class TextBlocks {
    private static final String INDEX = "texts.json";

    private final SlimReportFile file;
    /** Number of the block of each node; null until it is asked for. */
    private Map<String, Integer> blockOf;

    private int loaded = -1;
    private Map<String, NodeTexts> block = Map.of();

    /** Takes the content of an entry. */
    @FunctionalInterface
    interface Entries {
        void put(String name, SlimReportWriter.JsonContent content) throws IOException;
    }

    TextBlocks(SlimReportFile file) {
        this.file = file;
    }

    private void readIndex() throws IOException {
        Map<String, Integer> index = new HashMap<>();
        List<List<String>> blocks = new ArrayList<>();
        file.each(INDEX, json -> blocks.add(json.texts("ids")));
        for (int number = 0; number < blocks.size(); number++) {
            for (String id : blocks.get(number)) {
                index.put(id, number);
            }
        }
        blockOf = index;
    }

    /** Writes the texts of all nodes and causes that have some, {@code size} characters a block, and then the index. */
    static void write(ReportSource source, int size, Entries entries) throws IOException {
        List<List<String>> index = new ArrayList<>();
        List<NodeTexts> block = new ArrayList<>();
        int filled = 0;
        List<String> all = new ArrayList<>();
        source.head().causes().forEach(cause -> all.add(cause.id()));
        source.report().nodes().forEach(node -> all.add(node.id()));
        for (String id : all) {
            NodeTexts texts = source.texts(id);
            if (texts != null) {
                block.add(texts);
                filled += texts.size();
            }
            if (filled >= size) {
                flush(block, index, entries);
                filled = 0;
            }
        }
        flush(block, index, entries);
        entries.put(INDEX, json -> {
            json.writeStartArray();
            for (List<String> ids : index) {
                json.writeStartObject();
                new ReportJsonWriter(json).texts("ids", ids);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void flush(List<NodeTexts> block, List<List<String>> index, Entries entries) throws IOException {
        if (block.isEmpty()) {
            return;
        }
        entries.put("texts/" + index.size() + ".json", json -> {
            json.writeStartArray();
            for (NodeTexts texts : block) {
                json.writeStartObject();
                json.writeStringField("unique_id", texts.id());
                new ReportJsonWriter(json).texts(texts);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        index.add(block.stream().map(NodeTexts::id).toList());
        block.clear();
    }

    /** The texts of a node, or null. Keeps the block read last, because neighbours are asked for together. */
    @CheckForNull
    synchronized NodeTexts of(String id) throws IOException {
        if (blockOf == null) {
            readIndex();
        }
        Integer number = blockOf.get(id);
        if (number == null) {
            return null;
        }
        if (number != loaded) {
            Map<String, NodeTexts> read = new HashMap<>();
            file.each("texts/" + number + ".json", json -> {
                NodeTexts texts = ReportJsonReader.texts(json.text("unique_id", ""), json);
                read.put(texts.id(), texts);
                return true;
            });
            block = read;
            loaded = number;
        }
        return block.get(id);
    }
}
