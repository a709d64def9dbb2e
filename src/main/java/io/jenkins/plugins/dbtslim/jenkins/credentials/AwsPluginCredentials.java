package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import java.util.function.Supplier;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
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

    /** A session that can be opened once, because the code of an MFA device is good once; it serves all that is signed. */
    static final class OneTimeSession implements AwsCredentialsProvider {
        private final Supplier<AwsCredentials> opening;
        private AwsCredentials session;

        OneTimeSession(Supplier<AwsCredentials> opening) {
            this.opening = opening;
        }

        @Override
        public synchronized AwsCredentials resolveCredentials() {
            if (session == null) {
                session = opening.get();
            }
            return session;
        }
    }
}
