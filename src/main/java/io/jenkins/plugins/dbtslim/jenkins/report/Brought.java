package io.jenkins.plugins.dbtslim.jenkins.report;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.report.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.NodeRun;
import io.jenkins.plugins.dbtslim.report.RunComparison;
import io.jenkins.plugins.dbtslim.report.SlimReport;
import io.jenkins.plugins.dbtslim.report.SlimReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is kept in memory of a report that came from the agent.
 *
 * @param numbers its counts
 * @param since what became of nodes since earlier builds
 * @param markdown a short text for comments, without SQL and messages of the database
 */
public record Brought(Numbers numbers, List<Since> since, String markdown) {
    private static final Logger LOGGER = Logger.getLogger(Brought.class.getName());

    /** Where there is no report. */
    public static final Brought NOTHING = new Brought(null, List.of(), null);

    /**
     * Reads a report and compares it with earlier ones.
     *
     * @param target branch that the build's change request wants to be merged into, or null
     */
    public static Brought read(Path file, Run<?, ?> run, String id, String target) throws IOException {
        try (SlimReportFile read = SlimReportFile.open(file)) {
            SlimReport report = read.report();
            List<Since> since = compare(RunComparison.results(report.nodes()), run, id, target);
            StringBuilder markdown = new StringBuilder(new MarkdownSummary(report, false, Locale.ENGLISH).text());
            since.forEach(each -> markdown.append(
                    each.view(JenkinsFacade.rootUrl(), Locale.ENGLISH).markdown()));
            return new Brought(new Numbers(read.head()), since, markdown.toString());
        }
    }

    private static List<Since> compare(Map<String, NodeRun.Result> here, Run<?, ?> run, String id, String target) {
        List<Since> all = new ArrayList<>();
        for (FormerReport former : FormerReport.all(run, target, id)) {
            try {
                all.add(new Since(former, RunComparison.of(former.results(), here)));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot compare with " + former.run(), e);
            }
        }
        return all;
    }
}
