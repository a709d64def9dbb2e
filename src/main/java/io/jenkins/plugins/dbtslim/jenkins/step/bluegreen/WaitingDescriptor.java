package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The form's helpers of what the steps that wait for clusters have in common.
 *
 * @param <T> the step
 */
public abstract class WaitingDescriptor<T extends WaitingStep> extends BlueGreenDescriptor<T> {
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
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
