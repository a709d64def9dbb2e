package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.store.transfer.BrokenTransfer;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.function.Consumer;

/** What an agent does with the file of a manifest, each for one journey to where the files lie. */
public final class ManifestCallables {
    private ManifestCallables() {}

    /**
     * Makes a compressed copy that was sent here the fetched manifest: unpacked, compared with the publisher's SHA-256,
     * checked, and moved into place with its provenance beside it. The copy is removed in any case.
     *
     * @param packed absolute path of the copy
     * @param destination absolute path of the manifest to be
     * @param from what it is a copy of
     */
    public record AcceptGzip(String packed, String destination, StoredManifest from)
            implements AgentCallable<Provenance> {
        private static final long serialVersionUID = 1L;

        @Override
        public Provenance run(Consumer<String> log) throws IOException {
            Path copy = Path.of(packed);
            String name = from.location().toString();
            try (DestinationFile file = new DestinationFile(Path.of(destination))) {
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

    /**
     * Notes anew where a manifest is from that lies here already. That it is the one at the store was told by its digest, and
     * never by what lies beside it: that may have come with the checkout.
     *
     * @param destination absolute path of the manifest
     * @param from what lies at the store
     * @param sha256 of both
     */
    public record Known(String destination, StoredManifest from, String sha256) implements AgentCallable<Provenance> {
        private static final long serialVersionUID = 1L;

        /** Null when it cannot be read, and must come again. */
        @Override
        public Provenance run(Consumer<String> log) {
            Path file = Path.of(destination);
            try {
                return DestinationFile.note(file, from, ManifestCheck.metadata(file, from, sha256), sha256);
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * Digests what lies where a manifest is to be, so that it need not travel again where the store names that very digest. A
     * link is not looked through: what it leads to may be changed by others.
     *
     * @param file absolute path
     */
    public record LocalDigest(String file) implements AgentCallable<String> {
        private static final long serialVersionUID = 1L;

        /** SHA-256, lower case hexadecimal; null when no file is there, or none that can be read. */
        @Override
        @CheckForNull
        public String run(Consumer<String> log) {
            Path path = Path.of(file);
            try {
                return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Digests.sha256(path) : null;
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * Finds the parses that lie beside a manifest, of which there is one for each target that a deploy kept it for.
     *
     * @param folder absolute path
     */
    public record Parses(String folder) implements AgentCallable<ArrayList<Companion>> {
        private static final long serialVersionUID = 1L;

        @Override
        public ArrayList<Companion> run(Consumer<String> log) throws IOException {
            ArrayList<Companion> parses = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
                files.forEach(file ->
                        parses.addAll(Companion.ofFile(file.getFileName().toString())));
            }
            return parses;
        }
    }

    /**
     * Removes a file of an earlier fetch, which would be taken for this one's.
     *
     * @param file absolute path
     */
    public record Remove(String file) implements AgentCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean run(Consumer<String> log) throws IOException {
            return Files.deleteIfExists(Path.of(file));
        }
    }

    /**
     * Puts the manifest of an earlier fetch out of the way ({@code manifest.json.old}) where none is fetched now, so that
     * nobody compares with it, and notes what lies at the store instead.
     *
     * @param destination absolute path of the file
     * @param uri the location
     * @param etag of what lies there, or null when nothing does
     */
    public record Retire(
            String destination, String uri, @CheckForNull String etag) implements AgentCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean run(Consumer<String> log) throws IOException {
            Path file = Path.of(destination);
            try {
                Files.createDirectories(file.resolveSibling(""));
                boolean there = Files.exists(file);
                if (there) {
                    Path old = file.resolveSibling(file.getFileName() + ".old");
                    Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
                    log.accept("The manifest of an earlier fetch is now " + old + ".");
                }
                ProvenanceFile.write(file, new ProvenanceFile.Seen(uri, etag));
                return there;
            } catch (IOException e) {
                throw new StoreException("Cannot put " + file + " out of the way: " + FileErrors.reason(e) + ".");
            }
        }
    }

    /**
     * Checks a manifest that is to be published, and notes what goes with it.
     *
     * @param file absolute path of the manifest
     * @param build URL or name of the publishing build, or null
     * @param commit of the sources, or null
     */
    public record PrepareUpload(
            String file,
            @CheckForNull String build,
            @CheckForNull String commit) implements AgentCallable<Publication> {
        private static final long serialVersionUID = 1L;

        @Override
        public Publication run(Consumer<String> log) throws IOException {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new StoreException(
                        "There is no manifest at " + path + " to publish: run dbt first, or name another file.");
            }
            try {
                return Publication.of(ManifestCheck.check(path), Digests.sha256(path), build, commit);
            } catch (ManifestException e) {
                throw new StoreException("Not published: " + e.getMessage() + ".");
            } catch (IOException e) {
                throw new StoreException("Cannot read " + path + ": " + FileErrors.reason(e) + ".");
            }
        }
    }
}
