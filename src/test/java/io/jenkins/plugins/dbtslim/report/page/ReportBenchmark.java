package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.picture.LineagePlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Speed and size of big reports, as one table: the file, the time that a server needs for a page of it (from opening
 * the file to the last byte of HTML) with what that allocates, and the layout of the picture. Run by the profile
 * {@code bench}.
 */
public final class ReportBenchmark {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ReportBenchmark() {}

    /** Something to measure. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /**
     * Measures.
     *
     * @param arguments a folder for reports, and the rounds of each measurement
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        System.out.printf(Locale.ROOT, "%-34s %10s %10s %12s%n", "report", "first ms", "median ms", "allocated MB");
        for (int[] size : new int[][] {{30, 70, 1}, {300, 700, 1}, {3000, 3500, 1}}) {
            BuiltReport report = BigReports.of(size[0], size[1], size[2]);
            String name = report.report().nodes().size() + " nodes, "
                    + report.report().counts().changed() + " changed";
            Path file = folder.resolve("report-" + size[0] + ".zip");
            measure(name + ": write", rounds, () -> SlimReportFile.write(file, report));
            System.out.printf(Locale.ROOT, "%-34s %10.1f kB%n", name + ": file", Files.size(file) / 1024.0);
            measure(name + ": page", rounds, () -> page(file, ""));
            measure(name + ": found", rounds, () -> page(file, "find=finance&run-sort=-time&run=3"));
        }
        SlimReport drawn = BigReports.of(200, 288, 0).report();
        measure("layout of " + drawn.nodes().size() + " nodes", rounds, () -> LineagePlan.of(drawn.nodes()));
    }

    private static void page(Path file, String query) throws IOException {
        StringBuilder html = new StringBuilder();
        try (SlimReportFile report = SlimReportFile.open(file)) {
            new HtmlReport(report, HtmlOptions.served(true, PageQuery.of(query))).fragment(html);
        }
    }

    private static void measure(String name, int rounds, Work work) throws IOException {
        double[] millis = new double[rounds];
        long allocated = 0;
        for (int i = 0; i < rounds; i++) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            work.run();
            millis[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
            allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT, "%-34s %10.1f %10.1f %12.1f%n", name, first, millis[rounds / 2], allocated / 1048576.0);
    }
}
