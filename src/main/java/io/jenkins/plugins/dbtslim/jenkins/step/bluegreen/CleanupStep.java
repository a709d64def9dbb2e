package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtBlueGreenCleanup(target: 'production', credentialsId: 'mz')}: drops what a deployment left beside production. */
@Restricted(NoExternalUse.class)
public final class CleanupStep extends BlueGreenStep {
    private static final long serialVersionUID = 1L;
    private String token;
    private boolean force;
    private boolean dryRun;

    @DataBoundConstructor
    public CleanupStep() {}

    /** The token of the deployment, or null for the one that this build prepared, else for the former production only. */
    @CheckForNull
    public String getToken() {
        return token;
    }

    @DataBoundSetter
    public void setToken(String token) {
        this.token = FormText.orNull(token);
    }

    /** Whether to drop also what may still be needed. */
    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** Whether the log only says what would be dropped. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    String defaultId() {
        return "dbt-blue-green-cleanup";
    }

    @Override
    DeploymentOrder order(Run<?, ?> run, DeployedManifest manifest) throws UserException {
        return DeploymentOrder.of(Action.CLEANUP, token == null ? PreparedToken.of(run) : token)
                .cleaning(force, dryRun);
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends BlueGreenDescriptor<CleanupStep> {
        @Override
        public String getFunctionName() {
            return "dbtBlueGreenCleanup";
        }

        @Override
        public String getDisplayName() {
            return Messages.CleanupStep_displayName();
        }

        @Override
        public CleanupStep getDefaults() {
            return new CleanupStep();
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final CleanupStep options;

        @DataBoundConstructor
        public FreestyleBuilder(CleanupStep options) {
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
}
