package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Drops environments as a freestyle build step. */
public final class DropBuilder extends StepBuilder {
    private final DropStep options;

    @DataBoundConstructor
    public DropBuilder(DropStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public DropStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        FreestyleRun.perform(new DropWork(options), site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtDropEnvironment")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.DropStep_displayName();
        }
    }
}
