package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtBlueGreenCleanup(target: 'production', credentialsId: 'mz')}: drops what a deployment left beside production. */
public final class CleanupStep extends BlueGreenStep {
    private static final long serialVersionUID = 1L;
    private String token;
    private boolean force;
    private boolean dryRun;

    @DataBoundConstructor
    public CleanupStep() {}

    /** The token of the deployment, or null for the one that this build prepared, else for the former production only. */
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
    DeploymentOrder order(Run<?, ?> run, DeployedManifest manifest) {
        return DeploymentOrder.of(Action.CLEANUP, token == null ? PreparedToken.of(run) : token)
                .cleaning(force, dryRun);
    }

    private Object readResolve() {
        fillDefaults();
        return this;
    }

    /** Name, defaults and form helpers. */
    @Extension
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
}
