package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.dbt.DbtDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Name, defaults and form helpers of {@link BuildStep}. */
public abstract class BuildDescriptor extends DbtDescriptor<BuildStep> {
    @Override
    public String getFunctionName() {
        return "dbtSlimBuild";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildStep_displayName();
    }

    @Override
    public BuildStep getDefaults() {
        return new BuildStep();
    }

    /** Checks the selection as one types. */
    @POST
    public FormValidation doCheckSelect(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.selection(value) : FormValidation.ok();
    }

    /** Checks the selection as one types. */
    @POST
    public FormValidation doCheckExclude(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.selection(value) : FormValidation.ok();
    }

    /** A tag becomes part of schema and cluster names. */
    @POST
    public FormValidation doCheckCiTag(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.ciTag(value) : FormValidation.ok();
    }

    /** An id becomes part of an address. */
    @POST
    public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.id(value) : FormValidation.ok();
    }

    /** Operations are names of macros. */
    @POST
    public FormValidation doCheckOperations(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.operations(value) : FormValidation.ok();
    }

    /** What the build is for. */
    @POST
    public ListBoxModel doFillModeItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item) ? BuildChecks.modes() : new ListBoxModel();
    }

    /** Guards are known by name. */
    @POST
    public FormValidation doCheckAllow(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? BuildChecks.allow(value) : FormValidation.ok();
    }

    /** Results when there is nothing to do. */
    @POST
    public ListBoxModel doFillOnNothingToDoItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? BuildChecks.results("success", "unstable", "notBuilt")
                : new ListBoxModel();
    }

    /** Results when models failed. */
    @POST
    public ListBoxModel doFillOnErrorItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? BuildChecks.results("failure", "unstable", "success")
                : new ListBoxModel();
    }

    /** Results when tests failed. */
    @POST
    public ListBoxModel doFillOnTestFailureItems(@AncestorInPath Item item) {
        return FormPermissions.mayCheck(item)
                ? BuildChecks.results("failure", "unstable", "success")
                : new ListBoxModel();
    }
}
