package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.dbt.CiTag;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Name, defaults and form helpers of {@link DropStep}. */
public abstract class DropDescriptor extends DbtStepDescriptor<DropStep> {
    @Override
    public String getFunctionName() {
        return "dbtDropEnvironment";
    }

    @Override
    public String getDisplayName() {
        return Messages.DropStep_displayName();
    }

    @Override
    public DropStep getDefaults() {
        return new DropStep();
    }

    /** A tag names schemas and clusters; variables of a build are put in later. */
    @POST
    public FormValidation doCheckCiTag(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean stale) {
        String tag = FormText.orNull(value);
        if (tag == null || !FormPermissions.mayCheck(item)) {
            return FormValidation.ok();
        }
        String problem = stale ? Messages.DropStep_staleAndTag() : CiTag.problem(tag);
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    /** A macro is a name. */
    @POST
    public FormValidation doCheckMacro(@AncestorInPath Item item, @QueryParameter String value) {
        String macro = FormText.orNull(value);
        if (macro == null || !FormPermissions.mayCheck(item)) {
            return FormValidation.ok();
        }
        try {
            Operation.parse(macro);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
