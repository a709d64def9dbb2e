package io.jenkins.plugins.dbtslim.store.aws;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Keys of a provider. One that assumes a role asks STS each time, so its session is kept until shortly before its end,
 * or, where the end is not known, until a store does not accept it.
 */
final class ProvidedKeys implements AwsKeys {
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final AwsCredentialsProvider provider;
    private final String description;
    private AwsCredentials kept;

    ProvidedKeys(AwsCredentialsProvider provider, String description) {
        this.provider = provider;
        this.description = description;
    }

    @Override
    public synchronized AwsCredentials get() throws StoreException {
        if (kept == null || kept.expirationTime().map(ProvidedKeys::isNear).orElse(false)) {
            kept = ask();
        }
        return kept;
    }

    private AwsCredentials ask() throws StoreException {
        AwsCredentials answer;
        try {
            answer = provider.resolveCredentials();
        } catch (RuntimeException e) {
            // An SdkException, or what the SDK says by exceptions of Java: that a key is blank.
            throw new StoreException("No AWS keys from " + description + ": " + e.getMessage());
        }
        if (answer == null) {
            throw new StoreException("No AWS keys from " + description + ": they hold none.");
        }
        return answer;
    }

    static boolean isNear(Instant end) {
        return Instant.now().isAfter(end.minus(MARGIN));
    }

    @Override
    public synchronized void renew() {
        kept = null;
    }

    @Override
    public String description() {
        return description;
    }
}
