package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.run.Choice;
import io.jenkins.plugins.dbtslim.run.OnConflict;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that publish: to which store, on which condition, and what is noted with it. */
final class PublishingOptions {
    @Option(
            names = "--on-conflict",
            paramLabel = "fail|overwrite",
            description = "What to do when somebody else published meanwhile; default: fail.")
    String onConflict = "fail";

    @Option(names = "--history", description = "Keep a copy under history/ beside the published manifest first.")
    boolean history;

    @Option(
            names = "--build",
            paramLabel = "URL",
            description = "The publishing build; default: what the CI server says.")
    String build;

    @Option(
            names = "--commit",
            paramLabel = "ID",
            description =
                    "Commit of the sources; default: what the build found checked out, or what the CI server says.")
    String commit;

    @Option(
            names = "--allow-from-change-request",
            description = "Publish although the CI server says that this build is for a pull request.")
    boolean allowFromChangeRequest;

    @Option(names = "--sse", paramLabel = "AES256|aws:kms", description = "Server-side encryption to ask for.")
    String sse;

    @Option(names = "--kms-key-id", paramLabel = "ID", description = "Key for --sse aws:kms.")
    String kmsKeyId;

    @Mixin
    StoreOptions store = new StoreOptions();

    OnConflict onConflict() throws UserException {
        return Choice.of(OnConflict.class, "--on-conflict", onConflict);
    }

    ManifestStore open(String uri, Map<String, String> environment, Consumer<String> log) throws StoreException {
        return store.open(uri, Encryption.of(sse, kmsKeyId), environment, log);
    }

    /**
     * How to publish a file.
     *
     * @param expected what must still lie there; null for what lies there then
     * @param built the commit that was checked out when it was built, or null
     */
    PublishOptions of(Path manifest, Condition expected, @CheckForNull String built, Map<String, String> environment)
            throws UserException {
        RunOrigin origin = RunOrigin.of(environment);
        return new PublishOptions(
                manifest.toAbsolutePath().normalize().toString(),
                expected,
                onConflict() == OnConflict.overwrite,
                history,
                build == null ? origin.buildUrl() : build,
                environment.get("BUILD_NUMBER"),
                Stream.of(commit, built, origin.commit())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                changeRequest(origin, environment),
                allowFromChangeRequest);
    }

    /** What lay at the store when the state was fetched from there; null without a state, which is still the fetched one. */
    static Condition expected(Path state, ManifestStore store, Map<String, String> environment) throws IOException {
        if (state == null) {
            return null;
        }
        FetchRecord record = FetchRecord.of(Manifests.state(state), environment);
        Optional<ProvenanceFile.Seen> fetched = record.seen();
        String uri = store.location().toString();
        if (fetched.isEmpty() || !uri.equals(fetched.get().uri())) {
            throw new StoreException("The state directory " + state + " was not fetched from " + uri
                    + " by this user on this machine: fetch from there, or leave out --state. Where another container"
                    + " fetched, give both one XDG_CACHE_HOME outside of the checkout.");
        }
        record.provenance();
        return fetched.get().unchanged();
    }

    private static String changeRequest(RunOrigin origin, Map<String, String> environment) {
        String id = environment.getOrDefault("CHANGE_ID", "");
        return id.isBlank() ? origin.change() : id;
    }
}
