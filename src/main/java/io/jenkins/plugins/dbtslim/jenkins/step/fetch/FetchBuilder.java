package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Brings the manifest as a freestyle build step. */
public final class FetchBuilder extends StepBuilder {
    private final FetchStep options;

    @DataBoundConstructor
    public FetchBuilder(FetchStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public FetchStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        ManifestFetching.run(options, site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtFetchManifest")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.FetchStep_displayName();
        }
    }
}
