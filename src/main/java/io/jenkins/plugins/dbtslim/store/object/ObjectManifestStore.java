package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ObjectHeaders;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;

/**
 * A manifest that is reached by HTTP. Each request is signed on this side and sent where the files lie; this side sends
 * nothing to the store.
 */
public final class ObjectManifestStore implements ManifestStore {
    private final ManifestLocation location;
    private final RequestSigner signer;
    private final Transfer transfer;
    private final Agent agent;

    public ObjectManifestStore(ManifestLocation location, RequestSigner signer, Transfer transfer, Agent agent) {
        this.location = location;
        this.signer = signer;
        this.transfer = transfer;
        this.agent = agent;
    }

    @Override
    public ManifestLocation location() {
        return location;
    }

    @Override
    public ManifestStore at(ManifestLocation other) {
        return new ObjectManifestStore(other, signer, transfer, agent);
    }

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Optional<StoredManifest> head() throws IOException, InterruptedException {
        Reply reply = lookReply();
        if (signer.answers().isMissing(reply)) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw signer.answers().explain(location, reply, false);
        }
        return Optional.of(ObjectHeaders.stored(location, reply));
    }

    @Override
    public Optional<FetchedManifest> fetch(String destination) throws IOException, InterruptedException {
        Provenance known = known(destination);
        if (known != null) {
            return Optional.of(new FetchedManifest(known, false));
        }
        ObjectCallables.Download.Result result = perform(
                new RequestSigner.Get(location, 0),
                request -> new ObjectCallables.Download(transfer, request, location, destination),
                ObjectCallables.Download.Result::reply);
        if (result.provenance() != null) {
            return Optional.of(new FetchedManifest(result.provenance(), true));
        }
        if (signer.answers().isMissing(result.reply())) {
            return Optional.empty();
        }
        throw signer.answers().explain(location, result.reply(), false);
    }

    @Override
    public boolean keepsCompanions() {
        return true;
    }

    @Override
    public boolean bring(String destination) throws IOException, InterruptedException {
        Reply reply = perform(
                new RequestSigner.Get(location, 0),
                request -> new ObjectCallables.Bring(transfer, request, location, destination),
                Function.identity());
        if (!reply.isSuccess() && !signer.answers().isMissing(reply)) {
            throw signer.answers().explain(location, reply, false);
        }
        return reply.isSuccess();
    }

    /** Of the file that lies there already, if it has the very digest that the publisher noted; else null. */
    private Provenance known(String destination) throws IOException, InterruptedException {
        String here = agent.act(new ManifestCallables.LocalDigest(destination));
        if (here == null) {
            return null;
        }
        Reply reply = lookReply();
        StoredManifest there = reply.isSuccess() ? ObjectHeaders.stored(location, reply) : null;
        boolean same = there != null
                && there.publication() != null
                && there.publication().sha256().equals(here);
        return same ? agent.act(new ManifestCallables.Known(destination, there, here)) : null;
    }

    private Reply lookReply() throws IOException, InterruptedException {
        return perform(
                new RequestSigner.Head(location),
                request -> new ObjectCallables.Send(transfer, request),
                Function.identity());
    }

    @Override
    public Optional<ProjectIdentity> peek() throws IOException, InterruptedException {
        ObjectCallables.Peek.Seen result = perform(
                new RequestSigner.Get(location, ObjectCallables.Peek.BYTES),
                request -> new ObjectCallables.Peek(transfer, request),
                ObjectCallables.Peek.Seen::reply);
        return Optional.ofNullable(result.identity());
    }

    @Override
    public WriteResult put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException {
        // What is packed on the way carries gzip's own checksum.
        String md5 = location.isGzip() ? null : agent.act(new ObjectCallables.Md5(manifest));
        Reply reply = perform(
                new RequestSigner.Put(location, condition, publication, md5),
                request -> new ObjectCallables.Upload(transfer, request, manifest, location.isGzip()),
                Function.identity());
        if (reply.isSuccess()) {
            return new WriteResult(WriteResult.Status.DONE, ObjectHeaders.etag(reply));
        }
        WriteResult.Status refused =
                condition instanceof Condition.Always ? null : signer.answers().refused(reply);
        if (refused != null) {
            return new WriteResult(refused, null);
        }
        throw signer.answers().explain(location, reply, true);
    }

    /** Signs and sends; once more with a fresh signature where the first may have expired. */
    private <T extends Serializable> T perform(
            RequestSigner.Intent intent, Function<SignedRequest, AgentCallable<T>> callable, Function<T, Reply> reply)
            throws IOException, InterruptedException {
        SignedRequest request = signer.sign(intent);
        T result = agent.act(callable.apply(request));
        if (!reply.apply(result).mayBeExpired() || !signer.renew()) {
            return result;
        }
        agent.log()
                .accept(request + ": the store answered " + reply.apply(result).describe()
                        + "; signing again and trying once more");
        return agent.act(callable.apply(signer.sign(intent)));
    }
}
