package io.jenkins.plugins.dbtslim.store.aws;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The one rule which keys are used: (a) those that were named, (b) else the AWS_* variables of the environment, (c)
 * else, only where it is allowed, the SDK's default chain on this machine. A role is assumed over any of them by
 * {@link AssumedRole}.
 */
public final class AwsKeyRule {
    private AwsKeyRule() {}

    /**
     * Applies the rule.
     *
     * @param named keys of (a), or null
     * @param environment of the step or the command
     * @param defaultChain whether (c) is allowed
     */
    public static AwsKeys choose(@CheckForNull AwsKeys named, Map<String, String> environment, boolean defaultChain)
            throws StoreException {
        if (named != null) {
            return named;
        }
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
        if (!id.isBlank() && !secret.isBlank()) {
            return fixed(id, secret, token, "AWS_ACCESS_KEY_ID of the environment");
        }
        if (!id.isBlank() || !secret.isBlank()) {
            throw new StoreException("Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set: set both.");
        }
        if (defaultChain) {
            return of(DefaultCredentialsProvider.builder().build(), "the default AWS credentials of this machine");
        }
        throw new StoreException("There are no AWS keys: name credentials, or set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for a session).");
    }

    /** Keys that never change; an empty or null token means that they are of no session. */
    public static AwsKeys fixed(String id, String secret, String token, String description) {
        AwsCredentials keys = token == null || token.isBlank()
                ? AwsBasicCredentials.create(id.trim(), secret.trim())
                : AwsSessionCredentials.create(id.trim(), secret.trim(), token.trim());
        return of(() -> keys, description);
    }

    /** Keys of a provider; those of a session are asked for once, until it ends or is renewed. */
    public static AwsKeys of(AwsCredentialsProvider provider, String description) {
        return new ProvidedKeys(provider, description);
    }
}
