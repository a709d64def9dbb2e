package io.jenkins.plugins.dbtslim.store.azure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;

/** The answers of Azure Blob Storage. */
final class AzureAnswers implements StoreAnswers {
    @Override
    public boolean isMissing(Reply reply) {
        return reply.status() == 404 && !reply.code().equals("ContainerNotFound");
    }

    /** If-None-Match is refused by 409, and If-Match by 412, where a lease or a policy of the container may be the reason too. */
    @Override
    @CheckForNull
    public WriteResult.Status refused(Reply reply) {
        boolean changed = (reply.status() == 412
                        && (reply.code().isEmpty() || reply.code().equals("ConditionNotMet")))
                || (reply.status() == 409 && reply.code().equals("BlobAlreadyExists"));
        return changed ? WriteResult.Status.CHANGED : null;
    }

    @Override
    public String advice(ManifestLocation location, Reply reply, boolean write) {
        return switch (reply.code()) {
            case "ContainerNotFound" ->
                "The container " + location.key().replaceFirst("/.*", "") + " does not exist in the storage account "
                        + location.bucket() + ": check both.";
            case "AuthenticationFailed" ->
                "The shared access signature has ended or is not of this account, or the account key is wrong: correct"
                        + " the credentials, or the clock of the machine that signs.";
            case "AuthorizationPermissionMismatch", "AuthorizationResourceTypeMismatch", "UnauthorizedBlobOverwrite" ->
                needs(write);
            case "AuthorizationFailure", "AuthorizationSourceIPMismatch", "PublicAccessNotPermitted" ->
                "The storage account does not admit the network of the agent: its firewall, or the address in the shared"
                        + " access signature.";
            case "LeaseIdMissing", "BlobImmutableDueToPolicy" ->
                "The blob is locked by a lease or a policy: have that lifted.";
            default ->
                reply.status() == 403
                        ? needs(write)
                        : "Check the account, the endpoint and the shared access signature.";
        };
    }

    private static String needs(boolean write) {
        return "The shared access signature does not allow that: it needs the permission "
                + (write ? "Create and Write." : "Read.");
    }
}
