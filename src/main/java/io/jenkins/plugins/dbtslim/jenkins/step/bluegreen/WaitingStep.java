package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.RunPublishing;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the steps that wait for clusters, the two before and at the swap, have in common. */
@Restricted(NoExternalUse.class)
public abstract class WaitingStep extends BlueGreenStep {
    private static final long serialVersionUID = 1L;
    private String lagThreshold;
    private PublishStep publish;

    /** How far behind a ready cluster may be, as an interval of Materialize; null for what Prepare said, or the default. */
    public String getLagThreshold() {
        return lagThreshold;
    }

    @DataBoundSetter
    public void setLagThreshold(String lagThreshold) {
        this.lagThreshold = FormText.orNull(lagThreshold);
    }

    /** How the manifest is published after the swap, or null. */
    @CheckForNull
    public PublishStep getPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(PublishStep publish) {
        this.publish = publish;
    }

    @Override
    public void check() throws UserException {
        super.check();
        RunPublishing.check(publish);
    }

    /**
     * The form's helpers of what the steps that wait have in common.
     *
     * @param <T> the step
     */
    public abstract static class WaitingDescriptor<T extends WaitingStep> extends BlueGreenDescriptor<T> {
        /** Minutes are positive. */
        @POST
        public FormValidation doCheckTimeLimit(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? positive(value) : FormValidation.ok();
        }

        /** Seconds are positive. */
        @POST
        public FormValidation doCheckPollSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? positive(value) : FormValidation.ok();
        }

        private static FormValidation positive(String value) {
            return FormText.orNull(value) == null ? FormValidation.ok() : FormValidation.validatePositiveInteger(value);
        }

        /** An interval of Materialize. */
        @POST
        public FormValidation doCheckLagThreshold(@AncestorInPath Item item, @QueryParameter String value) {
            String lag = FormText.orNull(value);
            if (lag == null || !FormPermissions.mayCheck(item)) {
                return FormValidation.ok();
            }
            try {
                DeploymentOrder.of(DeploymentOrder.Action.PREPARE, null).waiting(1, 1, lag);
                return FormValidation.ok();
            } catch (UserException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
