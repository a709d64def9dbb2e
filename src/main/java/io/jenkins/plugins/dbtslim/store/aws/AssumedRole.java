package io.jenkins.plugins.dbtslim.store.aws;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Keys of a role, got from STS with other keys and kept until shortly before their session ends. */
public final class AssumedRole implements AwsKeys {
    private static final Pattern ROLE = Pattern.compile("arn:[a-z0-9-]+:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
    /** What STS takes: RoleSessionName of AssumeRole in the API reference of STS. */
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

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
     * @param sessionName shown in the owner's audit log, and what a trust policy can ask for
     */
    public AssumedRole(
            AwsKeys source, String roleArn, @CheckForNull String externalId, String sessionName, StsClients clients)
            throws StoreException {
        requireRole(roleArn);
        requireSessionName(sessionName);
        this.source = source;
        this.roleArn = roleArn;
        this.externalId = externalId == null || externalId.isBlank() ? null : externalId;
        this.sessionName = sessionName;
        this.clients = clients;
    }

    /** Refuses what is not the ARN of a role. */
    public static void requireRole(String arn) throws StoreException {
        if (!ROLE.matcher(arn).matches()) {
            throw new StoreException(
                    "Not the ARN of a role: " + arn + "; it is like arn:aws:iam::123456789012:role/name.");
        }
    }

    /** Refuses what STS would not take as the name of a session. */
    public static void requireSessionName(String name) throws StoreException {
        if (!SESSION_NAME.matcher(name).matches()) {
            throw new StoreException("Not the name of a role's session: " + name
                    + "; it has 2 to 64 letters, digits and characters of _+=,.@- without blanks.");
        }
    }

    /** A name that STS takes, made of any text of two characters at least: the end of it, which tells most. */
    public static String sessionNameOf(String text) {
        String clean = text.replaceAll("[^\\w+=,.@-]", "-");
        return clean.substring(Math.max(0, clean.length() - 64));
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
