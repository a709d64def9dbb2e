package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The file that a fetched manifest becomes: filled in a temporary file beside it, checked, and moved into place with
 * its {@link Provenance} beside it. Until then what lay there before stays as it was.
 */
public final class DestinationFile implements AutoCloseable {
    private final Path destination;
    private final AtomicFile file;

    /** Makes the folder and the temporary file. */
    public DestinationFile(Path destination) throws StoreException {
        this.destination = destination.toAbsolutePath().normalize();
        try {
            file = AtomicFile.of(this.destination);
        } catch (IOException e) {
            throw new StoreException("Cannot write into " + this.destination.resolveSibling("") + ": "
                    + FileErrors.reason(e) + "; choose another folder.");
        }
    }

    /** Where the manifest is to be written first. */
    public Path temporary() {
        return file.temporary();
    }

    /** Checks that the temporary file is a dbt manifest and moves it into place, its provenance beside it. */
    public Provenance accept(StoredManifest from, String sha256) throws IOException {
        Path temporary = file.temporary();
        Metadata metadata;
        try {
            metadata = ManifestCheck.metadata(temporary, from, sha256);
        } catch (ManifestException e) {
            throw new StoreException(
                    e.getMessage().replace(temporary.toString(), from.location().toString())
                            + "; what lies here is left as it was.");
        }
        try {
            file.commit();
            return note(destination, from, metadata, sha256);
        } catch (IOException e) {
            throw new StoreException("Cannot write " + destination + ": " + FileErrors.reason(e) + ".");
        }
    }

    /** Notes beside a manifest what it is a copy of. */
    static Provenance note(Path manifest, StoredManifest from, Metadata metadata, String sha256) throws IOException {
        Provenance provenance = Provenance.of(
                from,
                metadata,
                sha256,
                Files.size(manifest),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ProvenanceFile.write(manifest, provenance);
        return provenance;
    }

    @Override
    public void close() {
        file.close();
    }
}
