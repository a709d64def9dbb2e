package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Cleans up after a deployment as a freestyle build step. */
public final class CleanupBuilder extends StepBuilder {
    private final CleanupStep options;

    @DataBoundConstructor
    public CleanupBuilder(CleanupStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public CleanupStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        FreestyleRun.perform(new DeploymentWork(options), site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtBlueGreenCleanup")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CleanupStep_displayName();
        }
    }
}
