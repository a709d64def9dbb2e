package io.jenkins.plugins.dbtslim.jenkins.credentials;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A session that can be opened once, because the code of an MFA device is good once; it serves all that is signed. */
final class OneTimeSession implements AwsCredentialsProvider {
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
