package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import jenkins.tasks.SimpleBuildStep;

/**
 * A freestyle build step that nests the Pipeline step as its options, so that the two cannot differ. Each subclass
 * declares the options itself: forms and stored jobs go by the declared type, and a type variable has none.
 */
public abstract class OptionsBuilder extends Builder implements SimpleBuildStep {
    /** Offers the build step in every kind of freestyle job. */
    public abstract static class OptionsBuilderDescriptor extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
