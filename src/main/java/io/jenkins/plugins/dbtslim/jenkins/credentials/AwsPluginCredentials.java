package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The AWS credentials of the aws-credentials plugin, where it is installed; role and MFA settings are its own. */
@Restricted(NoExternalUse.class)
@OptionalExtension(requirePlugins = "aws-credentials")
public class AwsPluginCredentials implements AwsCredentialsKind {
    @Override
    public Class<? extends StandardCredentials> type() {
        return AmazonWebServicesCredentials.class;
    }

    @Override
    public AwsCredentialsProvider find(String id, String mfaToken, Run<?, ?> run) {
        AmazonWebServicesCredentials found =
                CredentialsProvider.findCredentialById(id, AmazonWebServicesCredentials.class, run);
        CredentialsProvider.track(run, found);
        return found == null || mfaToken == null ? found : new OneTimeSession(() -> found.resolveCredentials(mfaToken));
    }
}
