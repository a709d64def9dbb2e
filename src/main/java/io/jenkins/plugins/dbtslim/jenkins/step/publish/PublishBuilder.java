package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Publishes the manifest as a freestyle build step. */
public final class PublishBuilder extends StepBuilder {
    private final PublishStep options;

    @DataBoundConstructor
    public PublishBuilder(PublishStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public PublishStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        ManifestPublishing.run(options, site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtPublishManifest")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PublishStep_displayName();
        }
    }
}
