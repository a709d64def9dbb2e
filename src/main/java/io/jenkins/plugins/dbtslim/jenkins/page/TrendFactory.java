package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Adds the trend to every kind of job that has slim builds, branches of a multibranch project among them. */
@Restricted(NoExternalUse.class)
@Extension
@SuppressWarnings("rawtypes")
public final class TrendFactory extends TransientActionFactory<Job> {
    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return TrendAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        return SlimJobs.isOne((Job<?, ?>) job) ? List.of(new TrendAction((Job<?, ?>) job)) : List.of();
    }
}
