package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Brings an object into a file as it is: what travels beside a manifest is none.
 *
 * @param transfer how
 * @param request a signed GET
 * @param location of the object
 * @param goal absolute path of the file
 */
record BringCallable(Transfer transfer, SignedRequest request, ManifestLocation location, String goal)
        implements AgentCallable<Reply> {
    private static final long serialVersionUID = 1L;

    @Override
    public Reply run(Consumer<String> log) throws IOException, InterruptedException {
        try (AtomicFile file = AtomicFile.of(Path.of(goal));
                ReceivedFile received = new ReceivedFile(
                        file.temporary(), location, transfer.limits().maxBytes())) {
            Reply reply = transfer.receive(request, received, log);
            if (reply.isSuccess()) {
                file.commit();
            }
            return reply;
        }
    }
}
