package io.jenkins.plugins.dbtslim.report.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A report with its texts: in memory while it is made, or a file that is read by block. */
public interface ReportSource extends Closeable {
    /** Everything but the nodes. */
    ReportHead head();

    /** The report with all its nodes in memory. */
    SlimReport report() throws IOException;

    /** The texts of a node, or null if it has none. */
    @CheckForNull
    NodeTexts texts(String id) throws IOException;

    /** unique_ids of the models, seeds and snapshots that were not run, sorted. */
    List<String> notRebuilt() throws IOException;

    /** Seconds that nodes took when they last ran, by unique_id: in this run or an earlier one. */
    Map<String, Double> lastSeconds() throws IOException;

    @Override
    default void close() throws IOException {}
}
