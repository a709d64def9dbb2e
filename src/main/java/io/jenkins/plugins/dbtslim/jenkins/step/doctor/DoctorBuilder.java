package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Looks as a freestyle build step. */
public final class DoctorBuilder extends StepBuilder {
    private final DoctorStep options;

    @DataBoundConstructor
    public DoctorBuilder(DoctorStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public DoctorStep getOptions() {
        return options;
    }

    @Override
    protected void perform(StepSite site) throws InterruptedException, IOException {
        Doctor.run(options, site);
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtDoctor")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.DoctorStep_displayName();
        }
    }
}
