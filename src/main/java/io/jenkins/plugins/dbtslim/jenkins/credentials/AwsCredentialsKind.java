package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.Run;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A kind of stored credentials that can sign AWS requests; kinds of optional plugins are added by extensions. */
public interface AwsCredentialsKind extends ExtensionPoint {
    /** The kind, for the list in forms. */
    Class<? extends StandardCredentials> type();

    /**
     * The credentials of that id as the build may use them, tracked; null when there are none of this kind.
     *
     * @param mfaToken the code that their MFA device shows now, or null; ignore it where there are no such devices
     */
    @CheckForNull
    AwsCredentialsProvider find(String id, @CheckForNull String mfaToken, Run<?, ?> run);
}
