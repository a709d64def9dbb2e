package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.store.transfer.BrokenTransfer;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes a compressed copy that was sent here the fetched manifest: unpacked, compared with the publisher's SHA-256,
 * checked, and moved into place with its provenance beside it. The copy is removed in any case.
 *
 * @param packed absolute path of the copy
 * @param goal absolute path of the manifest to be
 * @param from what it is a copy of
 */
public record AcceptCallable(String packed, String goal, StoredManifest from) implements AgentCallable<Provenance> {
    private static final long serialVersionUID = 1L;

    @Override
    public Provenance run(Consumer<String> log) throws IOException {
        Path copy = Path.of(packed);
        String name = from.location().toString();
        try (GoalFile file = new GoalFile(Path.of(goal))) {
            String digest = Gzip.unpack(copy, file.temporary(), name, TransferLimits.DEFAULT.maxBytes());
            if (!digest.equals(from.publication().sha256())) {
                throw new BrokenTransfer("the checksum differs: what came is not what was published (SHA-256)");
            }
            return file.accept(from, digest);
        } catch (BrokenTransfer e) {
            throw new StoreException(name + ": " + e.getMessage() + "; what lies here is left as it was.");
        } finally {
            FileErrors.deleteQuietly(copy);
        }
    }
}
