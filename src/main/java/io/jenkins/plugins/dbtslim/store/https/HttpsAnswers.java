package io.jenkins.plugins.dbtslim.store.https;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;

/**
 * The answers of a web server.
 *
 * @param known whether the request had a log-in
 */
record HttpsAnswers(boolean known) implements StoreAnswers {
    @Override
    public boolean isMissing(Reply reply) {
        return reply.status() == 404 || reply.status() == 410;
    }

    @Override
    @CheckForNull
    public WriteResult.Status refused(Reply reply) {
        return null;
    }

    @Override
    public String advice(ManifestLocation location, Reply reply, boolean write) {
        return switch (reply.status()) {
            case 401, 403 ->
                known
                        ? "The server does not accept these credentials there: correct them, or the header that the token"
                                + " goes to (tokenHeader, --token-header)."
                        : "The server wants a log-in: name credentials.";
            default -> "Check the address.";
        };
    }
}
