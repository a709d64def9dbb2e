package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FileErrors;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile.Seen;
import io.jenkins.plugins.dbtslim.store.transfer.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the command's last fetch into a file brought or saw, noted in the user's cache folder: later commands decide by it, so
 * it must lie where no checkout can bring one along, which {@code provenance.json} beside the manifest does not.
 */
final class FetchRecord {
    private static final String FOLDER = "dbt-slim";
    private final Path manifest;
    private final Path file;

    private FetchRecord(Path manifest, Path file) {
        this.manifest = manifest;
        this.file = file;
    }

    /**
     * The record of that manifest.
     *
     * @param environment may name the cache folder: XDG_CACHE_HOME, or LOCALAPPDATA on Windows
     */
    static FetchRecord of(Path manifest, Map<String, String> environment) {
        Path real = real(manifest);
        Path checkout = checkout(real);
        Path cache = Stream.of(
                        path(environment.get("XDG_CACHE_HOME")),
                        path(environment.get("LOCALAPPDATA")),
                        path(System.getProperty("user.home")).map(home -> home.resolve(".cache")))
                .flatMap(Optional::stream)
                .filter(folder -> checkout == null || !real(folder).startsWith(checkout))
                .findFirst()
                .orElse(null);
        return new FetchRecord(
                real, cache == null ? null : cache.resolve(FOLDER).resolve(name(real)));
    }

    /** Relative ones are of a folder that may be the checkout's. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(given -> !given.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        Path plain = path.toAbsolutePath().normalize();
        Path missing = Path.of("");
        for (Path there = plain; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(missing);
            } catch (IOException e) {
                missing = there.getFileName() == null
                        ? missing
                        : Path.of(there.getFileName().toString()).resolve(missing);
            }
        }
        return plain;
    }

    /** The work tree around it, or null. A checkout brings no folder of this name: git itself refuses to. */
    @CheckForNull
    private static Path checkout(Path inside) {
        for (Path folder = inside.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        return null;
    }

    private static String name(Path manifest) {
        return Digests.hex(Digests.sha256(), manifest.toString().getBytes(StandardCharsets.UTF_8)) + ".json";
    }

    /** Notes it in place of what the fetch before did; a sentence when that cannot be, else null. */
    String note(String uri, FetchResult result) {
        if (file == null) {
            return cannot("no cache folder lies outside of the checkout");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("manifest", manifest.toString());
        fields.put("uri", uri);
        fields.put("etag", result.etag());
        if (result.provenance() != null) {
            fields.putAll(ProvenanceFile.fields(result.provenance()));
        }
        try {
            Files.createDirectories(file.resolveSibling(""));
            JsonObject.write(file, fields);
            return null;
        } catch (IOException e) {
            return cannot(FileErrors.reason(e));
        }
    }

    private String cannot(String why) {
        return "Warning: what was fetched to " + manifest + " cannot be noted (" + why
                + "), so publish --state will not know it: let XDG_CACHE_HOME name a folder outside of the checkout.";
    }

    private Optional<Map<String, String>> fields() {
        try {
            return file != null && Files.isRegularFile(file)
                    ? Optional.of(JsonObject.read(file).scalars())
                            .filter(fields -> manifest.toString().equals(fields.get("manifest")))
                            .filter(fields -> fields.get("uri") != null)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What lay at the store at the last fetch, or look; empty when none is known. */
    Optional<Seen> seen() {
        return fields().map(fields -> new Seen(fields.get("uri"), fields.get("etag")));
    }

    /** What the manifest that lies there is, where the fetch brought it; refuses one that took its place since. */
    Optional<Provenance> provenance() throws IOException {
        Optional<Map<String, String>> fields = fields().filter(known -> known.get("sha256") != null);
        if (fields.isEmpty() || !Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        Provenance provenance = ProvenanceFile.of(fields.get());
        if (!Digests.sha256(manifest).equals(provenance.sha256())) {
            throw new UserException("The state " + manifest + " is not what was fetched from " + provenance.uri()
                    + ": something replaced it since, such as a checkout that brings a file of that name. Fetch it again"
                    + " after the checkout, to a folder that the repository does not have.");
        }
        return Optional.of(provenance);
    }
}
