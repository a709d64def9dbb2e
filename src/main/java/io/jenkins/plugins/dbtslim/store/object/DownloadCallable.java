package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.GoalFile;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ObjectHeaders;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ReceivedFile;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Brings an object into a file, checked, with its provenance beside it.
 *
 * @param transfer how
 * @param request a signed GET
 * @param location of the object
 * @param goal absolute path of the file
 */
public record DownloadCallable(Transfer transfer, SignedRequest request, ManifestLocation location, String goal)
        implements AgentCallable<DownloadCallable.Result> {
    private static final long serialVersionUID = 1L;

    /**
     * What came of it.
     *
     * @param reply of the store
     * @param provenance null unless the reply was a success
     */
    public record Result(Reply reply, Provenance provenance) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result run(Consumer<String> log) throws IOException, InterruptedException {
        try (GoalFile file = new GoalFile(Path.of(goal));
                ReceivedFile received = new ReceivedFile(
                        file.temporary(), location, transfer.limits().maxBytes())) {
            Reply reply = transfer.receive(request, received, log);
            Provenance provenance =
                    reply.isSuccess() ? file.accept(ObjectHeaders.stored(location, reply), received.digest()) : null;
            return new Result(reply, provenance);
        }
    }
}
