package io.jenkins.plugins.dbtslim.store.aws;

import io.jenkins.plugins.dbtslim.store.StoreException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Keys of a role, got from STS with other keys and kept until shortly before their session ends. */
public final class AssumedRole implements AwsKeys {
    private final AwsKeys source;
    private final String roleArn;
    private final String externalId;
    private final String sessionName;
    private final StsClients clients;
    private AwsSessionCredentials session;

    /** Opens a client of STS that uses the given keys; the caller of the role decides how it reaches Amazon. */
    @FunctionalInterface
    public interface StsClients {
        /** A new client; closed after use. */
        StsClient open(AwsCredentials keys);
    }

    /**
     * A role over other keys.
     *
     * @param externalId that the role's owner demands, or null
     * @param sessionName shown in the owner's audit log
     */
    public AssumedRole(AwsKeys source, String roleArn, String externalId, String sessionName, StsClients clients)
            throws StoreException {
        if (!roleArn.matches("arn:[a-z0-9-]+:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}")) {
            throw new StoreException(
                    "Not the ARN of a role: " + roleArn + "; it is like arn:aws:iam::123456789012:role/name.");
        }
        this.source = source;
        this.roleArn = roleArn;
        this.externalId = externalId == null || externalId.isBlank() ? null : externalId;
        String clean = sessionName.replaceAll("[^\\w+=,.@-]", "-");
        this.sessionName = clean.length() > 64 ? clean.substring(clean.length() - 64) : clean;
        this.clients = clients;
    }

    @Override
    public synchronized AwsCredentials get() throws StoreException {
        if (session == null
                || session.expirationTime().map(ProvidedKeys::isNear).orElse(false)) {
            session = assume();
        }
        return session;
    }

    private AwsSessionCredentials assume() throws StoreException {
        try (StsClient sts = clients.open(source.get())) {
            Credentials keys = sts.assumeRole(request ->
                            request.roleArn(roleArn).externalId(externalId).roleSessionName(sessionName))
                    .credentials();
            return AwsSessionCredentials.builder()
                    .accessKeyId(keys.accessKeyId())
                    .secretAccessKey(keys.secretAccessKey())
                    .sessionToken(keys.sessionToken())
                    .expirationTime(keys.expiration())
                    .build();
        } catch (SdkException e) {
            throw new StoreException(
                    "Cannot assume " + roleArn + " with " + source.description() + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void renew() throws StoreException {
        session = null;
        source.renew();
    }

    @Override
    public String description() {
        return "role " + roleArn + " over " + source.description();
    }
}
