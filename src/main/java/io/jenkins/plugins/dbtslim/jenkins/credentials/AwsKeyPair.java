package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.model.Run;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A user name with a password, read as access key id with secret access key. */
@Restricted(NoExternalUse.class)
@Extension
public class AwsKeyPair implements AwsCredentialsKind {
    @Override
    public Class<? extends StandardCredentials> type() {
        return StandardUsernamePasswordCredentials.class;
    }

    @Override
    public AwsCredentialsProvider find(String id, String mfaToken, Run<?, ?> run) {
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run);
        if (found == null) {
            return null;
        }
        CredentialsProvider.track(run, found);
        return () -> AwsBasicCredentials.create(
                found.getUsername(), found.getPassword().getPlainText());
    }
}
