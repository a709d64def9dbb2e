package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Picks the rows that one page of a table shows while all nodes pass by; of the others it keeps those of the pages
 * before it, and a count.
 */
final class TableRows {
    /**
     * One row.
     *
     * @param number of the node in the report
     */
    record Row(int number, ReportNode node) {}

    private final Predicate<ReportNode> which;
    private final Comparator<Row> order;
    private final int size;
    private final int page;
    private final PriorityQueue<Row> kept;
    private int all;
    private List<Row> rows;

    /**
     * @param page from 1; the last one stands for all after it
     * @param size rows of a page
     */
    TableRows(Predicate<ReportNode> which, Comparator<ReportNode> order, int page, int size) {
        this.which = which;
        this.order = Comparator.comparing(Row::node, order).thenComparingInt(Row::number);
        this.size = size;
        this.page = page;
        this.kept = new PriorityQueue<>(this.order.reversed());
    }

    void offer(int number, ReportNode node) {
        if (which.test(node)) {
            all++;
            kept.add(new Row(number, node));
            if (kept.size() > (long) page * size) {
                kept.remove();
            }
        }
    }

    /** The rows of the page, in order; after all nodes were offered. */
    List<Row> rows() {
        if (rows == null) {
            List<Row> sorted = new ArrayList<>(kept);
            sorted.sort(order);
            rows = List.copyOf(sorted.subList(Math.min((page() - 1) * size, sorted.size()), sorted.size()));
        }
        return rows;
    }

    /** Rows of all pages. */
    int all() {
        return all;
    }

    /** The page that is shown, from 1. */
    int page() {
        return Math.min(page, pages());
    }

    int pages() {
        return Math.max(1, (all + size - 1) / size);
    }

    /** How many rows come before the first one shown. */
    int before() {
        return (page() - 1) * size;
    }
}
