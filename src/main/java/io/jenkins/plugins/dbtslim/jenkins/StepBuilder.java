package io.jenkins.plugins.dbtslim.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A freestyle build step that nests the Pipeline step as its options, so that the two cannot differ. Each subclass
 * declares the options itself: forms and stored jobs go by the declared type, and a type variable has none.
 */
@Restricted(NoExternalUse.class)
public abstract class StepBuilder extends Builder implements SimpleBuildStep {
    @Override
    public final void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        perform(StepSite.of(run, workspace, env, launcher, listener));
    }

    /** Does what the Pipeline step does. */
    protected abstract void perform(StepSite site) throws InterruptedException, IOException;

    /** Offers the build step in every kind of freestyle job. */
    public abstract static class OptionsBuilderDescriptor extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
