package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.aws.AssumedRole;
import io.jenkins.plugins.dbtslim.store.https.HttpsSigner;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all steps with a store's options check as one types; nothing is asked of any store. */
@Restricted(NoExternalUse.class)
public interface StoreChecks {
    /** Says whether the endpoint is one of those that an administrator allows. */
    @POST
    default FormValidation doCheckEndpoint(@AncestorInPath Item item, @QueryParameter String value) {
        String endpoint = FormText.orNull(value);
        if (endpoint == null || !FormPermissions.mayCheck(item)) {
            return FormValidation.ok();
        }
        if (!endpoint.matches("https?://[^/\\s]+/?")) {
            return FormValidation.error(Messages.StoreStep_notAnEndpoint());
        }
        return DbtSlimConfiguration.get().allowsEndpoint(endpoint)
                ? FormValidation.ok()
                : FormValidation.error(Messages.StoreStep_endpointNotAllowed(endpoint));
    }

    /** Checks the form of a role's ARN. */
    @POST
    default FormValidation doCheckRoleArn(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? check(value, AssumedRole::requireRole) : FormValidation.ok();
    }

    /** Checks the name of a role's session. */
    @POST
    default FormValidation doCheckRoleSessionName(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? check(value, AssumedRole::requireSessionName) : FormValidation.ok();
    }

    /** Checks the form of a token's header. */
    @POST
    default FormValidation doCheckTokenHeader(@AncestorInPath Item item, @QueryParameter String value) {
        return FormPermissions.mayCheck(item) ? check(value, HttpsSigner::requireHeader) : FormValidation.ok();
    }

    /** What an option of a store must be. */
    @FunctionalInterface
    interface Rule {
        /** Refuses anything else with one sentence. */
        void require(String value) throws StoreException;
    }

    /** Says what is wrong with an option that may be left out. */
    static FormValidation check(String value, Rule rule) {
        String text = FormText.orNull(value);
        try {
            if (text != null) {
                rule.require(text);
            }
            return FormValidation.ok();
        } catch (StoreException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Checks the form of a location; variables are known at run time only. */
    static FormValidation checkLocation(String value) {
        return FormText.orNull(value) == null
                ? FormValidation.error(Messages.StoreStep_locationMissing())
                : check(value.replaceAll("\\$\\{[^}]*}", "x"), ManifestLocation::parse);
    }
}
