package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fetches production's manifest from any store: decides what a missing or an old one means. */
public final class ManifestFetch {
    private final ManifestStore store;
    private final FetchOptions options;

    public ManifestFetch(ManifestStore store, FetchOptions options) {
        this.store = store;
        this.options = options;
    }

    /** Does it; the log gets a line on what was brought. */
    public FetchResult run() throws IOException, InterruptedException {
        try (Heartbeat heartbeat = Heartbeat.during("Fetching " + store.location(), this::log)) {
            Optional<FetchedManifest> fetched = store.fetch(options.destination());
            return fetched.isPresent() ? found(fetched.get()) : missing();
        }
    }

    /**
     * Only looks what lies there and notes it where the manifest would lie: for a deploy that compares with nothing, so
     * that its publishing can tell whether somebody else published meanwhile.
     */
    public FetchResult note() throws IOException, InterruptedException {
        Optional<StoredManifest> stored = store.head();
        String etag = stored.map(StoredManifest::etag).orElse(null);
        store.agent()
                .act(new ManifestCallables.Retire(
                        options.destination(), store.location().toString(), etag));
        log(
                stored.isEmpty()
                        ? "There is no manifest at " + store.location() + " yet."
                        : "Noted what lies at " + store.location()
                                + ": nobody else may publish there until this deploy does.");
        return new FetchResult(FetchResult.Outcome.NOTED, null, null, etag, false);
    }

    /**
     * Brings what is wanted of what travels with the manifest, to where dbt looks for it; of what is not there, nothing is
     * left there either.
     *
     * @param result of the fetch
     */
    public void companions(FetchResult result, Set<Companion> wanted) throws IOException, InterruptedException {
        for (Companion companion : result.provenance() == null ? Set.<Companion>of() : wanted) {
            String destination = Path.of(options.destination())
                    .resolveSibling(companion.fileName())
                    .toString();
            if (!bring(companion, destination)) {
                store.agent().act(new ManifestCallables.Remove(destination));
            }
        }
    }

    /** What lies at a web server may be dbt's own files and no publication of ours. */
    private boolean bring(Companion companion, String destination) throws IOException, InterruptedException {
        ManifestLocation ours = companion.beside(store.location());
        List<ManifestLocation> places = store.location().isReadOnly()
                ? List.of(ours, store.location().sibling(companion.fileName()))
                : List.of(ours);
        try {
            for (ManifestLocation place : places) {
                if (store.at(place).bring(destination)) {
                    log("Fetched " + place);
                    return true;
                }
            }
            log("There is no " + ours + ": a later publication brings it.");
        } catch (StoreException e) {
            log("Not fetched with the manifest: " + e.getMessage());
        }
        return false;
    }

    private FetchResult found(FetchedManifest fetched) throws StoreException {
        Provenance provenance = fetched.provenance();
        log(String.format(
                Locale.ROOT,
                "%s %s (%.1f MB, dbt %s, generated %s%s)",
                fetched.transferred() ? "Fetched" : "Not fetched again, because it has not changed:",
                provenance.uri(),
                provenance.size() / 1e6,
                orUnknown(provenance.dbtVersion()),
                orUnknown(provenance.generatedAt()),
                provenance.build() == null ? "" : ", published by " + provenance.build()));
        return new FetchResult(
                fetched.transferred() ? FetchResult.Outcome.FETCHED : FetchResult.Outcome.UNCHANGED,
                options.destination(),
                provenance,
                provenance.etag(),
                isStale(provenance));
    }

    private static String orUnknown(String text) {
        return text == null ? "unknown" : text;
    }

    private boolean isStale(Provenance provenance) throws StoreException {
        if (options.maxAge() == null) {
            if (options.failIfOld()) {
                log("Warning: nothing is too old without an age: set maxAge (--max-age), too.");
            }
            return false;
        }
        Instant from = instant(provenance.generatedAt());
        Instant written = from == null ? instant(provenance.lastModified()) : from;
        if (written == null) {
            log("Warning: the age of " + provenance.uri() + " is not known.");
            return false;
        }
        Duration age = Duration.between(written, Instant.now());
        if (age.compareTo(options.maxAge()) <= 0) {
            return false;
        }
        String text = provenance.uri() + " is " + words(age) + " old, more than the " + words(options.maxAge())
                + " allowed: does production still publish its manifest?";
        if (options.failIfOld()) {
            throw new StoreException(text);
        }
        log("Warning: " + text);
        return true;
    }

    private static Instant instant(String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String words(Duration duration) {
        if (duration.toHours() >= 48) {
            return duration.toDays() + " days";
        }
        return duration.toMinutes() >= 120 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }

    private FetchResult missing() throws IOException, InterruptedException {
        String text = "There is no manifest at " + store.location();
        if (options.ifMissing() == FetchOptions.IfMissing.fail) {
            throw new StoreException(text
                    + ": publish one from production first, or choose the full build for a missing manifest (ifMissing: 'fullBuild'; for the command"
                    + " --if-missing full-build).");
        }
        store.agent()
                .act(new ManifestCallables.Retire(
                        options.destination(), store.location().toString(), null));
        if (options.ifMissing() == FetchOptions.IfMissing.skip) {
            log(text + "; going on without.");
            return new FetchResult(FetchResult.Outcome.SKIPPED, null, null, null, false);
        }
        log(text + ": everything will be built.");
        return new FetchResult(FetchResult.Outcome.FULL_BUILD, null, null, null, false);
    }

    private void log(String line) {
        store.agent().log().accept(line);
    }
}
