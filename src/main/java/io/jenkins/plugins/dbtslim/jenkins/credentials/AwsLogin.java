package io.jenkins.plugins.dbtslim.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeyRule;
import io.jenkins.plugins.dbtslim.store.aws.AwsKeys;
import java.io.IOException;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Who signs: the credentials that were named, else AWS_* of the step's environment, else, where an administrator allowed
 * it, the controller itself.
 */
@Restricted(NoExternalUse.class)
public final class AwsLogin {
    private AwsLogin() {}

    /**
     * The keys to sign with; they do not leave the controller.
     *
     * @param id of stored credentials, or null
     * @param mfaToken the code of those credentials' MFA device, or null
     */
    public static AwsKeys find(
            @CheckForNull String id, @CheckForNull String mfaToken, Run<?, ?> run, Map<String, String> environment)
            throws IOException {
        return AwsKeyRule.choose(
                id == null ? null : named(id, mfaToken, run),
                environment,
                DbtSlimConfiguration.get().isDefaultAwsCredentialsAllowed());
    }

    private static AwsKeys named(String id, String mfaToken, Run<?, ?> run) throws AbortException {
        for (AwsCredentialsKind kind : ExtensionList.lookup(AwsCredentialsKind.class)) {
            AwsCredentialsProvider provider = kind.find(id, mfaToken, run);
            if (provider != null) {
                return AwsKeyRule.of(provider, "the credentials \"" + id + "\"");
            }
        }
        throw new AbortException(Messages.AwsLogin_notFound(id));
    }
}
