package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.AbstractProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * A freestyle build step that nests the Pipeline step as its options: the two cannot differ.
 *
 * @param <T> the step
 */
public abstract class OptionsBuilder<T extends Step> extends Builder implements SimpleBuildStep {
    private final T options;

    protected OptionsBuilder(T options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public final T getOptions() {
        return options;
    }

    /** Offers the build step in every kind of freestyle job. */
    public abstract static class OptionsBuilderDescriptor extends BuildStepDescriptor<Builder> {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
