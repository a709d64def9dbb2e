package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.Secret;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * User name and password of Materialize.
 *
 * @param user plain
 * @param password encrypted while it is kept
 */
@Restricted(NoExternalUse.class)
public record Login(String user, Secret password) {
    /** Looks the credentials up as the build may use them, and notes the use on them. */
    public static Login find(String id, Run<?, ?> run) throws AbortException {
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run);
        if (found == null) {
            throw new AbortException(Messages.Login_notFound(id));
        }
        CredentialsProvider.track(run, found);
        return new Login(found.getUsername(), found.getPassword());
    }
}
