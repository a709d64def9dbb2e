package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.jenkins.OptionsBuilder;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The slim build as a freestyle build step. */
public final class BuildBuilder extends OptionsBuilder {
    private final BuildStep options;

    @DataBoundConstructor
    public BuildBuilder(BuildStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public BuildStep getOptions() {
        return options;
    }

    @Override
    protected void perform(BuildSite site) throws InterruptedException, IOException {
        FreestyleRun.perform(new BuildWork(options), site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtSlimBuild")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.BuildStep_displayName();
        }
    }
}
