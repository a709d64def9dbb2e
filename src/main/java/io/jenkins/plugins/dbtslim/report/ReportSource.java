package io.jenkins.plugins.dbtslim.report;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A report with its texts: in memory while it is made, or a file that is read by block. */
public interface ReportSource extends Closeable {
    SlimReport report();

    /** The texts of a node, or null if it has none. */
    NodeTexts texts(String id) throws IOException;

    /** unique_ids of the models, seeds and snapshots that were not run, sorted. */
    List<String> notRebuilt() throws IOException;

    @Override
    default void close() throws IOException {}
}
