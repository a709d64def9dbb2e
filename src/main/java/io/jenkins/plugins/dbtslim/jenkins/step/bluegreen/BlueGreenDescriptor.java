package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.engine.OptionChecks;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The form's helpers of what the steps of a deployment have in common.
 *
 * @param <T> the step
 */
public abstract class BlueGreenDescriptor<T extends BlueGreenStep> extends DbtStepDescriptor<T> {
    /** An id becomes part of an address. */
    @POST
    public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.id(value) : FormValidation.ok();
    }
}
