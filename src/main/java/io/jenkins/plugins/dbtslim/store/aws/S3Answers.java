package io.jenkins.plugins.dbtslim.store.aws;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;

/** The answers of S3 and of stores that speak its protocol. */
public final class S3Answers implements StoreAnswers {
    @Override
    public boolean isMissing(Reply reply) {
        return reply.status() == 404 && !reply.code().equals("NoSuchBucket");
    }

    @Override
    @CheckForNull
    public WriteResult.Status refused(Reply reply) {
        if (reply.status() == 409) {
            return WriteResult.Status.BUSY;
        }
        return reply.status() == 412 || isMissing(reply) ? WriteResult.Status.CHANGED : null;
    }

    @Override
    public String advice(ManifestLocation location, Reply reply, boolean write) {
        return switch (reply.code()) {
            case "NoSuchBucket" ->
                "The bucket " + location.bucket()
                        + " does not exist there: check its name, the endpoint and the region.";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId" ->
                "The access key id or the" + " secret access key is wrong for this store: correct the credentials.";
            case "InvalidToken" -> "The session token does not belong to these keys: set all three of one session.";
            case "ExpiredToken" -> "The session of these keys has ended: get new ones.";
            case "RequestTimeTooSkewed" -> "The clock of the machine that signs is wrong: set it.";
            case "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError" ->
                "The region is wrong: set the" + " bucket's own region.";
            default -> byStatus(location, reply, write);
        };
    }

    private static String byStatus(ManifestLocation location, Reply reply, boolean write) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                "Redirects are not followed, because a signature is good for one host only: "
                        + (reply.header("x-amz-bucket-region") == null
                                ? "set the bucket's own region and endpoint."
                                : "set the region "
                                        + reply.header("x-amz-bucket-region").replaceAll("[^a-z0-9-]", "") + ".");
            case 400 -> "Check the region and the keys; a session may have ended.";
            case 403 -> forbidden(location, write);
            case 501 ->
                "This store lacks what is asked for, such as conditional writes or that encryption: leave it out, or take another store.";
            default -> "Check the endpoint, the region and the keys.";
        };
    }

    private static String forbidden(ManifestLocation location, boolean write) {
        return write
                ? "These keys may not write there: they need s3:PutObject, and leave for the KMS key where there is one."
                : "Either these keys lack s3:GetObject, or the object does not exist and they lack s3:ListBucket on the"
                        + " bucket " + location.bucket() + ", without which S3 hides that an object is missing.";
    }
}
