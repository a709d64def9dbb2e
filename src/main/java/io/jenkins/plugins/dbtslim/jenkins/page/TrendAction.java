package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.dbtslim.report.picture.Trend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The trend of a job's slim builds: small on the job's own page, whole on a page of its own, and in the remote API. */
@Restricted(NoExternalUse.class)
@ExportedBean
public final class TrendAction implements Action {
    /** Builds that are read from disk for the page of a job. */
    private static final int FEW = 30;

    private static final int MANY = 100;
    private final Job<?, ?> job;

    TrendAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** Pictures for the page of the job, already escaped: one for each id. */
    public String getSmall() {
        StringBuilder html = new StringBuilder();
        new SlimHistory(job, FEW)
                .byId()
                .forEach((id, points) -> html.append(trend(points, "").small(heading(id))));
        return html.toString();
    }

    /** Pictures and tables for the page of the trend, already escaped; never empty. */
    public String getFull() {
        StringBuilder html = new StringBuilder();
        Map<String, List<SlimHistory.Entry>> all = new SlimHistory(job, MANY).byId();
        boolean isOnlyOne = all.keySet().equals(Set.of(SlimAction.DEFAULT_ID));
        all.forEach((id, points) -> html.append(trend(points, "../").full(heading(id), isOnlyOne)));
        return all.isEmpty() ? trend(List.of(), "").full(getDisplayName(), true) : html.toString();
    }

    private static Trend trend(List<SlimHistory.Entry> entries, String toJob) {
        return new Trend(entries.stream().map(entry -> entry.point(toJob)).toList());
    }

    private String heading(String id) {
        return id.equals(SlimAction.DEFAULT_ID) ? getDisplayName() : Messages.TrendAction_of(id);
    }

    /** The newest slim builds, newest first. */
    @Exported(name = "builds")
    public List<SlimHistory.Entry> getBuilds() {
        return new SlimHistory(job, FEW).newestFirst();
    }

    /** The remote API: {@code …/api/json}. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-dbt-slim plugin-dbt-slim-deployments";
    }

    @Override
    public String getDisplayName() {
        return Messages.TrendAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "dbt-slim";
    }
}
