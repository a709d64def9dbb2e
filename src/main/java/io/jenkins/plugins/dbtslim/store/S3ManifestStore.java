package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;

/**
 * A manifest in an S3 bucket. Each request is signed on this side and sent where the files lie; this side sends
 * nothing to the store.
 */
public final class S3ManifestStore implements ManifestStore {
    private final ManifestLocation location;
    private final RequestSigner signer;
    private final Transfer transfer;
    private final Carrier carrier;

    public S3ManifestStore(ManifestLocation location, RequestSigner signer, Transfer transfer, Carrier carrier) {
        this.location = location;
        this.signer = signer;
        this.transfer = transfer;
        this.carrier = carrier;
    }

    @Override
    public ManifestLocation location() {
        return location;
    }

    @Override
    public ManifestStore at(ManifestLocation other) {
        return new S3ManifestStore(other, signer, transfer, carrier);
    }

    @Override
    public Carrier carrier() {
        return carrier;
    }

    @Override
    public Optional<StoredManifest> head() throws IOException, InterruptedException {
        Reply reply = perform(
                new RequestSigner.Head(location), request -> new SendErrand(transfer, request), Function.identity());
        if (reply.status() == 404) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw S3Advice.explain(location, reply, false);
        }
        return Optional.of(S3Headers.stored(location, reply));
    }

    @Override
    public Optional<Fetched> fetch(String goal) throws IOException, InterruptedException {
        Provenance known =
                carrier.carry(new KnownErrand(goal, location.toString())).provenance();
        DownloadErrand.Result result = perform(
                new RequestSigner.Get(location, known == null ? null : known.etag(), 0),
                request -> new DownloadErrand(transfer, request, location, goal),
                DownloadErrand.Result::reply);
        if (result.provenance() != null) {
            return Optional.of(new Fetched(result.provenance(), true));
        }
        if (result.reply().status() == 304 && known != null) {
            return Optional.of(new Fetched(known, false));
        }
        if (S3Advice.isMissing(result.reply())) {
            return Optional.empty();
        }
        throw S3Advice.explain(location, result.reply(), false);
    }

    @Override
    public Optional<ProjectIdentity> peek() throws IOException, InterruptedException {
        PeekErrand.Result result = perform(
                new RequestSigner.Get(location, null, PeekErrand.BYTES),
                request -> new PeekErrand(transfer, request),
                PeekErrand.Result::reply);
        return Optional.ofNullable(result.identity());
    }

    @Override
    public Written put(String manifest, Publication publication, Condition condition)
            throws IOException, InterruptedException {
        // What is packed on the way carries gzip's own checksum.
        String md5 = location.isGzip() ? null : carrier.carry(new Md5Errand(manifest));
        Reply reply = perform(
                new RequestSigner.Put(location, condition, publication, md5),
                request -> new UploadErrand(transfer, request, manifest, location.isGzip()),
                Function.identity());
        if (reply.isSuccess()) {
            return new Written(Written.Status.DONE, reply.header("etag"));
        }
        boolean conditional = !(condition instanceof Condition.Always);
        if (conditional && reply.status() == 409) {
            return new Written(Written.Status.BUSY, null);
        }
        if (conditional && (reply.status() == 412 || S3Advice.isMissing(reply))) {
            return new Written(Written.Status.CHANGED, null);
        }
        throw S3Advice.explain(location, reply, true);
    }

    /** Signs and sends; once more with a fresh signature where the first may have expired. */
    private <T extends Serializable> T perform(
            RequestSigner.Intent intent, Function<SignedRequest, Errand<T>> errand, Function<T, Reply> reply)
            throws IOException, InterruptedException {
        SignedRequest request = signer.sign(intent);
        T result = carrier.carry(errand.apply(request));
        if (!reply.apply(result).mayBeExpired()) {
            return result;
        }
        carrier.log()
                .accept(request + ": the store answered " + reply.apply(result).describe()
                        + "; signing again and trying once more");
        signer.renew();
        return carrier.carry(errand.apply(signer.sign(intent)));
    }
}
