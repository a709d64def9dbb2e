package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.credentials.CredentialsLists;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreStep.StoreDescriptor;
import io.jenkins.plugins.dbtslim.store.aws.AssumedRole;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Name, defaults and form helpers of {@link DoctorStep}. */
public abstract class DoctorDescriptor extends DbtStepDescriptor<DoctorStep> {
    @Override
    public String getFunctionName() {
        return "dbtDoctor";
    }

    @Override
    public String getDisplayName() {
        return Messages.DoctorStep_displayName();
    }

    @Override
    public DoctorStep getDefaults() {
        return new DoctorStep();
    }

    /** AWS credentials that the job can use. */
    @POST
    public ListBoxModel doFillStoreCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String storeCredentialsId) {
        return FormPermissions.mayListCredentials(item)
                ? CredentialsLists.aws(item, storeCredentialsId)
                : CredentialsLists.current(storeCredentialsId);
    }

    /** Checks the form of the location, if there is one. */
    @POST
    public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
        return FormText.orNull(value) != null && FormPermissions.mayCheck(item)
                ? StoreDescriptor.checkLocation(item, value)
                : FormValidation.ok();
    }

    /** Checks the form of a role's ARN as one types. */
    @POST
    public FormValidation doCheckRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item)
                ? StoreDescriptor.checkText(value, AssumedRole::requireRole)
                : FormValidation.ok();
    }

    /** Checks the name of a role's session as one types. */
    @POST
    public FormValidation doCheckRoleSessionName(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item)
                ? StoreDescriptor.checkText(value, AssumedRole::requireSessionName)
                : FormValidation.ok();
    }

    /** Says whether the endpoint is one of those that an administrator allows. */
    @POST
    public FormValidation doCheckEndpoint(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? StoreDescriptor.checkEndpoint(value) : FormValidation.ok();
    }
}
