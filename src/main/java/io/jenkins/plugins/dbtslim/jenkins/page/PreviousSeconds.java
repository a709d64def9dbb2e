package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import java.io.File;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How long nodes took before, from the last report there is: each report carries on what the one before it knew. A new branch or pull request of
 * a multibranch project has no build yet, so the other branches of that project are asked then.
 */
@Restricted(NoExternalUse.class)
public final class PreviousSeconds {
    private static final int BUILDS = 20;
    private static final int BRANCHES = 50;

    private static final String MULTIBRANCH = "jenkins.branch.MultiBranchProject";

    private PreviousSeconds() {}

    /** Seconds by unique_id; empty if nothing is known. A run knows what an earlier one of its own build took, too. */
    public static Map<String, Double> of(Run<?, ?> run) throws IOException {
        File report = last(run);
        if (report == null) {
            report = ofOtherBranches(run);
        }
        Map<String, Double> seconds = new HashMap<>();
        if (report != null) {
            SlimReportFile.lastSeconds(report.toPath()).entrySet().stream()
                    .limit(AgentLimits.NODES)
                    .forEach(each -> seconds.put(each.getKey(), each.getValue()));
        }
        return seconds;
    }

    /** The newest report from this build on back, or null. */
    @CheckForNull
    private static File last(Run<?, ?> from) {
        Run<?, ?> run = from;
        File report = null;
        for (int i = 0; run != null && report == null && i < BUILDS; i++) {
            report = newest(Reports.all(run));
            run = run.getPreviousBuild();
        }
        return report;
    }

    private static File newest(List<File> reports) {
        return reports.stream()
                .max(Comparator.comparingLong(File::lastModified))
                .orElse(null);
    }

    private static File ofOtherBranches(Run<?, ?> run) {
        ItemGroup<? extends Item> project = run.getParent().getParent();
        if (!isMultibranch(project)) {
            return null;
        }
        return newest(project.getItems().stream()
                .filter(item -> item != run.getParent() && item instanceof Job)
                .limit(BRANCHES)
                .map(item -> last(((Job<?, ?>) item).getLastCompletedBuild()))
                .filter(Objects::nonNull)
                .toList());
    }

    /** By name, because the plugin that has this class may be missing. */
    private static boolean isMultibranch(Object project) {
        for (Class<?> type = project.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(MULTIBRANCH)) {
                return true;
            }
        }
        return false;
    }
}
