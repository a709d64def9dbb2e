package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is kept in memory of a report that came from the agent.
 *
 * @param numbers its counts
 * @param compared whether there was a state, and it could be compared with
 * @param since what became of nodes since earlier builds
 * @param markdown a short text for comments, without SQL and messages of the database
 */
@Restricted(NoExternalUse.class)
public record ActionReport(ActionCounts numbers, boolean compared, List<BuildComparison> since, String markdown) {
    private static final Logger LOGGER = Logger.getLogger(ActionReport.class.getName());

    /** Where there is no report. */
    public static final ActionReport NOTHING = new ActionReport(null, false, List.of(), null);

    /**
     * Reads a report and compares it with earlier ones.
     *
     * @param target branch that the build's change request wants to be merged into, or null
     */
    public static ActionReport read(Path file, Run<?, ?> run, String id, @CheckForNull String target)
            throws IOException {
        try (SlimReportFile read = SlimReportFile.open(file)) {
            SlimReport report = read.report();
            List<BuildComparison> since = compare(RunComparison.results(report.nodes()), run, id, target);
            StringBuilder markdown = new StringBuilder(new MarkdownSummary(report, false).text());
            since.forEach(each -> markdown.append(each.markdown()));
            return new ActionReport(
                    new ActionCounts(read.head()), read.head().state() != null, since, markdown.toString());
        }
    }

    private static List<BuildComparison> compare(
            Map<String, NodeRun.Result> here, Run<?, ?> run, String id, String target) {
        List<BuildComparison> all = new ArrayList<>();
        for (PreviousReport former : PreviousReport.all(run, target, id)) {
            try {
                all.add(new BuildComparison(former, RunComparison.of(former.results(), here)));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "cannot compare with " + former.run(), e);
            }
        }
        return all;
    }
}
