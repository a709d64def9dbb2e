package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The slim build as a freestyle build step. */
public final class SlimBuildBuilder extends StepBuilder {
    private final SlimBuildStep options;

    @DataBoundConstructor
    public SlimBuildBuilder(SlimBuildStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public SlimBuildStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        FreestyleRun.perform(new SlimBuildWork(options), site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtSlimBuild")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.SlimBuildStep_displayName();
        }
    }
}
