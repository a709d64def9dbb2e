package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Sends a request without bodies, such as HEAD.
 *
 * @param transfer how
 * @param request what
 */
public record SendCallable(Transfer transfer, SignedRequest request) implements AgentCallable<Reply> {
    private static final long serialVersionUID = 1L;

    @Override
    public Reply run(Consumer<String> log) throws IOException, InterruptedException {
        return transfer.send(request, log);
    }
}
