package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Log-ins for stores that are not Amazon's: a secret text, or a user name with a password. */
@Restricted(NoExternalUse.class)
public final class StoreCredentials {
    private StoreCredentials() {}

    /**
     * Looks the credentials up as the build may use them, and notes the use on them.
     *
     * @param address that they are for: credentials of a domain of Jenkins are good for its hosts only; null for any
     * @return null where none are named
     */
    @CheckForNull
    public static StoreLogin find(@CheckForNull String id, @CheckForNull String address, Run<?, ?> run)
            throws AbortException, StoreException {
        if (id == null) {
            return null;
        }
        String description = "the credentials \"" + id + "\"";
        List<DomainRequirement> domain = URIRequirementBuilder.fromUri(address).build();
        StringCredentials text = CredentialsProvider.findCredentialById(id, StringCredentials.class, run, domain);
        if (text != null) {
            CredentialsProvider.track(run, text);
            return StoreLogin.of(null, text.getSecret().getPlainText(), description);
        }
        StandardUsernamePasswordCredentials pair =
                CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run, domain);
        if (pair == null) {
            throw new AbortException(Messages.StoreCredentials_notFound(id));
        }
        CredentialsProvider.track(run, pair);
        return StoreLogin.of(pair.getUsername(), pair.getPassword().getPlainText(), description);
    }
}
