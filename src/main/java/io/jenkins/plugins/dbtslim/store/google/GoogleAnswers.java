package io.jenkins.plugins.dbtslim.store.google;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;

/** The answers of Google Cloud Storage's XML API. */
final class GoogleAnswers implements StoreAnswers {
    @Override
    public boolean isMissing(Reply reply) {
        return reply.status() == 404 && !reply.code().equals("NoSuchBucket");
    }

    @Override
    @CheckForNull
    public WriteResult.Status refused(Reply reply) {
        return reply.status() == 412 ? WriteResult.Status.CHANGED : null;
    }

    @Override
    public String advice(ManifestLocation location, Reply reply, boolean write) {
        return switch (reply.code()) {
            case "NoSuchBucket" -> "The bucket " + location.bucket() + " does not exist: check its name.";
            case "InvalidSecurity", "SignatureDoesNotMatch", "InvalidAccessKeyId" ->
                "The access id or the secret of the HMAC key is wrong, or the key is not active: correct the credentials.";
            case "ExpiredToken", "RequestTimeTooSkewed" -> "The clock of the machine that signs is wrong: set it.";
            default ->
                switch (reply.status()) {
                    case 401, 403 ->
                        write
                                ? "The account of this HMAC key may not write there: it needs storage.objects.create, and"
                                        + " storage.objects.delete to replace what is there."
                                : "The account of this HMAC key lacks storage.objects.get, or the object does not exist and it"
                                        + " lacks storage.objects.list, without which that is hidden.";
                    case 429 -> "Google allows about one write of the same object a second: publish again.";
                    default -> "Check the location, the endpoint and the HMAC key.";
                };
        };
    }
}
