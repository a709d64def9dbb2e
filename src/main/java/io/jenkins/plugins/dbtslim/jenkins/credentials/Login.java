package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * User name and password of Materialize or of a code host.
 *
 * @param user plain
 * @param password encrypted while it is kept
 */
@Restricted(NoExternalUse.class)
public record Login(String user, Secret password) {
    /**
     * Looks the credentials up as the build may use them, and notes the use on them.
     *
     * @param option that names them
     */
    public static Login find(String id, String option, Run<?, ?> run) throws AbortException, InterruptedException {
        ChangeTrust.require(run, id);
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run);
        if (found == null) {
            throw new AbortException(Messages.Login_notFound(id, option));
        }
        CredentialsProvider.track(run, found);
        return new Login(found.getUsername(), found.getPassword());
    }

    /** As the part of an address before the host; a password or token alone where there is no user name. */
    public Secret ofAddress() {
        String token = encoded(password.getPlainText());
        return Secret.fromString(user == null || user.isBlank() ? token : encoded(user) + ":" + token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
