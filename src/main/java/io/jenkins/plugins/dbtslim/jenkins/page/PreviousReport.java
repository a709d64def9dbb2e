package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.ReadableItems;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;
import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The report of an earlier build: of the same job, or of the branch that a change request wants to be merged into. Only builds
 * that ended, have a report and came to run something count; others and deleted ones are stepped over.
 *
 * @param run the build
 * @param id of the slim build in it
 */
@Restricted(NoExternalUse.class)
public record PreviousReport(Run<?, ?> run, String id) {
    /** Builds looked at: each is read from disk, and older ones say little. */
    private static final int BUILDS = 30;

    /** The last one of the same job, then that of the target, as far as there are such. */
    public static List<PreviousReport> all(Run<?, ?> build, String target, String id) {
        return Stream.of(before(build, id), ofTarget(build, target, id))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The last one before a build. */
    private static Optional<PreviousReport> before(Run<?, ?> build, String id) {
        return find(build.getPreviousBuild(), id);
    }

    /**
     * The last one of a change request's target. The name may be one that the build's own script made up.
     *
     * @param target name of the branch, or null where the build is of no change request
     */
    private static Optional<PreviousReport> ofTarget(Run<?, ?> build, @CheckForNull String target, String id) {
        if (target == null || target.isEmpty()) {
            return Optional.empty();
        }
        Job<?, ?> own = build.getParent();
        Job<?, ?> job = ReadableItems.job(target.replace("/", "%2F"), build);
        boolean sibling = job != null && job != own && job.getParent() == own.getParent();
        return sibling ? find(job.getLastBuild(), id) : Optional.empty();
    }

    private static Optional<PreviousReport> find(Run<?, ?> newest, String id) {
        Run<?, ?> build = newest;
        for (int i = 0; i < BUILDS && build != null; i++) {
            PreviousReport report = new PreviousReport(build, id);
            if (!build.isBuilding() && report.isThere()) {
                return Optional.of(report);
            }
            build = build.getPreviousBuild();
        }
        return Optional.empty();
    }

    private boolean isThere() {
        return run.getActions(SlimAction.class).stream()
                        .anyMatch(action -> action.getId().equals(id) && saysWhatFails(action))
                && file().isFile();
    }

    private static boolean saysWhatFails(SlimAction action) {
        ActionCounts numbers = action.getNumbers();
        return numbers != null
                && (action.getState().isWhole()
                        || numbers.counts().models() + numbers.counts().tests() > 0);
    }

    private File file() {
        return Reports.file(run, id);
    }

    /** How nodes ended there. */
    public Map<String, NodeRun.Result> results() throws IOException {
        try (SlimReportFile report = SlimReportFile.open(file().toPath())) {
            return RunComparison.results(report.report().nodes());
        }
    }
}
