package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.engine.OptionChecks;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Name, defaults and form helpers of {@link SlimBuildStep}. */
public abstract class SlimBuildDescriptor extends DbtStepDescriptor<SlimBuildStep> {
    @Override
    public String getFunctionName() {
        return "dbtSlimBuild";
    }

    @Override
    public String getDisplayName() {
        return Messages.SlimBuildStep_displayName();
    }

    @Override
    public SlimBuildStep getDefaults() {
        return new SlimBuildStep();
    }

    /** Checks the selection as one types. */
    @POST
    public FormValidation doCheckSelect(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.selection(value) : FormValidation.ok();
    }

    /** Checks the selection as one types. */
    @POST
    public FormValidation doCheckExclude(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.selection(value) : FormValidation.ok();
    }

    /** A tag becomes part of schema and cluster names. */
    @POST
    public FormValidation doCheckCiTag(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.ciTag(value) : FormValidation.ok();
    }

    /** An id becomes part of an address. */
    @POST
    public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.id(value) : FormValidation.ok();
    }

    /** Operations are names of macros. */
    @POST
    public FormValidation doCheckOperations(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.operations(value) : FormValidation.ok();
    }

    /** What the build is for. */
    @POST
    public ListBoxModel doFillModeItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item) ? OptionChecks.modes() : new ListBoxModel();
    }

    /** Guards are known by name. */
    @POST
    public FormValidation doCheckAllow(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? OptionChecks.allow(value) : FormValidation.ok();
    }

    /** Results when there is nothing to do. */
    @POST
    public ListBoxModel doFillOnNothingToDoItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? OptionChecks.results("success", "unstable", "notBuilt")
                : new ListBoxModel();
    }

    /** Results when models failed. */
    @POST
    public ListBoxModel doFillOnErrorItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? OptionChecks.results("failure", "unstable", "success")
                : new ListBoxModel();
    }

    /** Results when tests failed. */
    @POST
    public ListBoxModel doFillOnTestFailureItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? OptionChecks.results("failure", "unstable", "success")
                : new ListBoxModel();
    }
}
