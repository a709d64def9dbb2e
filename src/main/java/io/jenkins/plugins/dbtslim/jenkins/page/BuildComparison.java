package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.report.data.RunComparison;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.page.ComparisonView;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A {@link RunComparison} as it is stored with the build: plain fields, so that every later version reads them. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class BuildComparison {
    private final String build;
    private final String url;
    private final ArrayList<String> newlyFailing;
    private final int newlyFailingCount;
    private final ArrayList<String> stillFailing;
    private final int stillFailingCount;
    private final ArrayList<String> fixed;
    private final int fixedCount;

    BuildComparison(PreviousReport former, RunComparison comparison) {
        build = former.run().getFullDisplayName();
        url = former.run().getUrl() + former.id() + "/";
        newlyFailing = new ArrayList<>(comparison.newlyFailing());
        newlyFailingCount = comparison.newlyFailingCount();
        stillFailing = new ArrayList<>(comparison.stillFailing());
        stillFailingCount = comparison.stillFailingCount();
        fixed = new ArrayList<>(comparison.fixed());
        fixedCount = comparison.fixedCount();
    }

    /** Name of the build that this one is compared with. */
    @Exported
    public String getBuild() {
        return build;
    }

    /** Address of its report, below that of Jenkins. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** unique_ids of what fails now and did not fail there, the first of them. */
    @Exported
    public List<String> getNewlyFailing() {
        return newlyFailing;
    }

    @Exported
    public int getNewlyFailingCount() {
        return newlyFailingCount;
    }

    /** unique_ids of what fails now and failed there, the first of them. */
    @Exported
    public List<String> getStillFailing() {
        return stillFailing;
    }

    @Exported
    public int getStillFailingCount() {
        return stillFailingCount;
    }

    /** unique_ids of what is well now and failed there, the first of them. */
    @Exported
    public List<String> getFixed() {
        return fixed;
    }

    @Exported
    public int getFixedCount() {
        return fixedCount;
    }

    /**
     * In words.
     *
     * @param root address of Jenkins with a slash at its end
     */
    public ComparisonView view(String root) {
        return new ComparisonView(comparison(), build, root + url);
    }

    /** The same as Markdown. */
    String markdown() {
        return MarkdownSummary.since(build, comparison());
    }

    private RunComparison comparison() {
        return new RunComparison(newlyFailing, newlyFailingCount, stillFailing, stillFailingCount, fixed, fixedCount);
    }
}
