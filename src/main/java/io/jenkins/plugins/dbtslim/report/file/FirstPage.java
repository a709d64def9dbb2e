package io.jenkins.plugins.dbtslim.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.page.PageContent;
import io.jenkins.plugins.dbtslim.report.page.TableRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a big report's page as it opens, picked when the report is made: this page, the only one that most readers see, then reads
 * none of the other nodes. A page that looks for words, sorts or turns to another page looks at all of them.
 */
public final class FirstPage {
    private final int size;
    private final Map<String, TableRows> lists;

    private FirstPage(int size, Map<String, TableRows> lists) {
        this.size = size;
        this.lists = lists;
    }

    /** Rows that a table has at most; who wants more of them looks at all nodes. */
    public int size() {
        return size;
    }

    /** The rows of a table or list of {@link PageContent}. */
    public TableRows rows(String list) {
        return lists.getOrDefault(list, TableRows.kept(0, List.of(), size));
    }

    /**
     * The fields of the first page, into the object that is open. A node of several lists is written once.
     *
     * @param size rows that a table has at most
     */
    static void write(JsonGenerator json, Map<String, TableRows> lists, int size) throws IOException {
        Map<Integer, ReportNode> nodes = new TreeMap<>();
        json.writeNumberField("size", size);
        json.writeObjectFieldStart("lists");
        for (Map.Entry<String, TableRows> list : new TreeMap<>(lists).entrySet()) {
            json.writeObjectFieldStart(list.getKey());
            json.writeNumberField("all", list.getValue().all());
            json.writeArrayFieldStart("rows");
            for (TableRows.Row row : list.getValue().rows()) {
                nodes.put(row.number(), row.node());
                json.writeNumber(row.number());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("nodes");
        for (Map.Entry<Integer, ReportNode> node : nodes.entrySet()) {
            json.writeStartObject();
            json.writeNumberField("number", node.getKey());
            new ReportJsonWriter(json).node(node.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static FirstPage read(Fields json) {
        Map<Integer, ReportNode> nodes = new HashMap<>();
        json.objects("nodes").forEach(node -> nodes.put(node.number("number", -1), ReportJsonReader.node(node)));
        int size = json.number("size", 0);
        Map<String, TableRows> lists = new HashMap<>();
        json.object("lists").objects().forEach((name, list) -> {
            List<TableRows.Row> rows = new ArrayList<>();
            for (Double number : list.decimals("rows")) {
                ReportNode node = nodes.get(number.intValue());
                if (node != null) {
                    rows.add(new TableRows.Row(number.intValue(), node));
                }
            }
            lists.put(name, TableRows.kept(list.number("all", 0), rows, size));
        });
        return new FirstPage(size, lists);
    }
}
