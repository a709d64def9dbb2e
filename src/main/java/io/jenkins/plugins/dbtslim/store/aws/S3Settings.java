package io.jenkins.plugins.dbtslim.store.aws;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.object.Endpoint;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;

/**
 * Where an S3 store is and how it is spoken to; applies to the signing of every verb.
 *
 * @param region free text, because new regions and lookalikes have names of their own
 * @param endpoint URL of a store that is not Amazon's, or null
 * @param pathStyle whether the bucket is the first part of the path instead of the host name
 * @param encryption asked for each object written
 */
public record S3Settings(String region, @CheckForNull URI endpoint, boolean pathStyle, Encryption encryption)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Server-side encryption.
     *
     * @param algorithm null for the bucket's own default, {@code AES256} or {@code aws:kms}
     * @param kmsKeyId id or ARN of the key for {@code aws:kms}, or null for Amazon's own
     */
    public record Encryption(String algorithm, @CheckForNull String kmsKeyId) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Whatever the bucket does by itself. */
        public static final Encryption BUCKET_DEFAULT = new Encryption(null, null);

        /** Checks both; empty texts count as null. */
        public static Encryption of(String algorithm, String kmsKeyId) throws StoreException {
            String name = emptyToNull(algorithm);
            String key = emptyToNull(kmsKeyId);
            if (name != null && !name.equals("AES256") && !name.equals("aws:kms")) {
                throw new StoreException("Server-side encryption is AES256 or aws:kms, not " + name + ".");
            }
            if (key != null && !"aws:kms".equals(name)) {
                throw new StoreException("A KMS key needs server-side encryption aws:kms.");
            }
            return new Encryption(name, key);
        }
    }

    /**
     * Checks the options; empty texts count as null. What is not named is that of the environment, as AWS' own
     * tools read it (AWS_REGION, AWS_ENDPOINT_URL); a store with its own endpoint needs no region.
     */
    public static S3Settings of(
            String region, String endpoint, boolean pathStyle, Encryption encryption, Map<String, String> environment)
            throws StoreException {
        String address = emptyToNull(endpoint) == null ? endpointOf(environment) : endpoint.trim();
        URI uri = address == null ? null : Endpoint.parse(address);
        String name = emptyToNull(region) == null ? regionOf(environment) : region.trim();
        if (name == null && uri != null) {
            name = "us-east-1";
        }
        if (name == null) {
            throw new StoreException("The region of the bucket is not known: name it, or set AWS_REGION.");
        }
        if (!name.matches("[A-Za-z0-9-]{1,64}")) {
            throw new StoreException("A region has letters, digits and dashes only, such as eu-west-1.");
        }
        return new S3Settings(name, uri, pathStyle, encryption);
    }

    /** The endpoint that the environment names, as AWS' own tools read it, or null. */
    @CheckForNull
    public static String endpointOf(Map<String, String> environment) {
        String ofS3 = emptyToNull(environment.get("AWS_ENDPOINT_URL_S3"));
        return ofS3 == null ? emptyToNull(environment.get("AWS_ENDPOINT_URL")) : ofS3;
    }

    /** The region that the environment names, or null. */
    @CheckForNull
    public static String regionOf(Map<String, String> environment) {
        String region = emptyToNull(environment.get("AWS_REGION"));
        return region == null ? emptyToNull(environment.get("AWS_DEFAULT_REGION")) : region;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
