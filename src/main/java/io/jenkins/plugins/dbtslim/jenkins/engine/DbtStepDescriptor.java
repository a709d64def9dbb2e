package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.dbt.Deps;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.OptionsStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.credentials.CredentialsLists;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The form's helpers of what every step that runs dbt has.
 *
 * @param <T> the step
 */
@Restricted(NoExternalUse.class)
public abstract class DbtStepDescriptor<T extends DbtStep> extends OptionsStepDescriptor<T> {
    /** User names with passwords that the job can use. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return FormPermissions.mayListCredentials(item)
                ? CredentialsLists.passwords(item, credentialsId)
                : CredentialsLists.current(credentialsId);
    }

    /** User names with passwords or tokens that the job can use. */
    @POST
    public ListBoxModel doFillGitCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String gitCredentialsId) {
        return FormPermissions.mayListCredentials(item)
                ? CredentialsLists.passwords(item, gitCredentialsId)
                : CredentialsLists.current(gitCredentialsId);
    }

    /** When packages are installed. */
    @POST
    public ListBoxModel doFillDepsItems(@AncestorInPath Item item) {
        ListBoxModel choices = new ListBoxModel();
        if (FormPermissions.mayCheck(item)) {
            choices.add(Messages.DbtStep_depsAuto(), Deps.auto.name());
            choices.add(Messages.DbtStep_depsAlways(), Deps.always.name());
            choices.add(Messages.DbtStep_depsNever(), Deps.never.name());
        }
        return choices;
    }

    /** A number of threads is positive. */
    @POST
    public FormValidation doCheckThreads(@AncestorInPath Item item, @QueryParameter String value) {
        return FormText.orNull(value) != null && FormPermissions.mayCheck(item)
                ? FormValidation.validatePositiveInteger(value)
                : FormValidation.ok();
    }

    /** One place where dbt comes from. */
    @POST
    public FormValidation doCheckVenv(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String dbt,
            @QueryParameter String tool) {
        long places = Stream.of(value, dbt, tool)
                .filter(text -> FormText.orNull(text) != null)
                .count();
        return places > 1 && FormPermissions.mayCheck(item)
                ? FormValidation.error(Messages.DbtStep_oneSource())
                : FormValidation.ok();
    }

    /** The dbt tools of the global configuration. */
    @POST
    public ListBoxModel doFillToolItems(@AncestorInPath Item item, @QueryParameter String tool) {
        return FormPermissions.mayCheck(item) ? DbtSource.choices(tool) : new ListBoxModel();
    }
}
