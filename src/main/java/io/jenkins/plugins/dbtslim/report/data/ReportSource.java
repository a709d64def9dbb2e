package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.report.file.FirstPage;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;
import io.jenkins.plugins.dbtslim.report.picture.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A report with its texts and pictures: in memory while it is made, or a file that is read by block. */
public interface ReportSource extends Closeable {
    /** Everything but the nodes. */
    ReportHead head();

    /** The report with all its nodes in memory: for those who need them all. */
    SlimReport report() throws IOException;

    /** Takes the nodes of a report one after the other. */
    @FunctionalInterface
    interface NodeVisitor {
        /**
         * One node.
         *
         * @param number of the node in its report, from 0: names it where a unique_id, which may hold anything, cannot
         * @return whether the next one is wanted too
         */
        boolean visit(int number, ReportNode node);
    }

    /** Shows all nodes in the order of the report, and keeps none of them. */
    void nodes(NodeVisitor visitor) throws IOException;

    /** The rows of the page as it opens, or null where all nodes have to be looked at for them. */
    default FirstPage firstPage() throws IOException {
        return null;
    }

    /** The texts of a node, or null if it has none. */
    NodeTexts texts(String id) throws IOException;

    /** unique_ids of the models, seeds and snapshots that were not run, sorted. */
    List<String> notRebuilt() throws IOException;

    /** Seconds that nodes took when they last ran, by unique_id: in this run or an earlier one. */
    Map<String, Double> lastSeconds() throws IOException;

    /** The picture of what changed and what that set off. */
    LineagePlan lineage() throws IOException;

    /** Who ran when. */
    Timeline timeline() throws IOException;

    @Override
    default void close() throws IOException {}
}
