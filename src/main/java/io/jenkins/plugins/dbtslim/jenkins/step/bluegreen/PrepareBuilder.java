package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Prepares a deployment as a freestyle build step. */
public final class PrepareBuilder extends StepBuilder {
    private final PrepareStep options;

    @DataBoundConstructor
    public PrepareBuilder(PrepareStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public PrepareStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        FreestyleRun.perform(new DeploymentWork(options), site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtBlueGreenPrepare")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PrepareStep_displayName();
        }
    }
}
