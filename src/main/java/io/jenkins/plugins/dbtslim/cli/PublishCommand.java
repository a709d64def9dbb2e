package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import io.jenkins.plugins.dbtslim.store.StoreException;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim publish}: makes a manifest production's, unless somebody else did so meanwhile. */
@Command(
        name = "publish",
        description = "Makes a manifest production's, unless somebody else published meanwhile.",
        footer = {
            "",
            "Keys come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            "Example: dbt-slim publish --manifest target/manifest.json --to s3://my-bucket/prod/manifest.json"
        })
final class PublishCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    CommandSpec spec;

    @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "The manifest of the deploy.")
    Path manifest;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URI",
            description = "s3://bucket/path/manifest.json or file:/path/manifest.json; may hold $${NAME} of the"
                    + " environment. Packed when it ends with .gz.")
    String to;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State directory of the fetch that the deploy began with: publish only if what was fetched is"
                    + " still there.")
    Path state;

    @Option(
            names = "--on-conflict",
            paramLabel = "fail|overwrite",
            description = "What to do when somebody else published meanwhile; default: fail.")
    String onConflict = "fail";

    @Option(names = "--history", description = "Keep a copy under history/ beside it first.")
    boolean history;

    @Option(names = "--build", paramLabel = "URL", description = "The publishing build; default: BUILD_URL.")
    String build;

    @Option(names = "--commit", paramLabel = "ID", description = "Commit of the sources; default: GIT_COMMIT.")
    String commit;

    @Option(
            names = "--allow-from-change-request",
            description = "Publish although CHANGE_ID says that this build is for a change request.")
    boolean allowFromChangeRequest;

    @Option(names = "--sse", paramLabel = "AES256|aws:kms", description = "Server-side encryption to ask for.")
    String sse;

    @Option(names = "--kms-key-id", paramLabel = "ID", description = "Key for --sse aws:kms.")
    String kmsKeyId;

    @Mixin
    ResultOutput output = new ResultOutput();

    @Mixin
    StoreOptions options = new StoreOptions();

    PublishCommand() {
        this(System.getenv());
    }

    PublishCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        return Interruptible.run(this::publish);
    }

    private Integer publish() throws IOException, InterruptedException {
        ManifestStore store = options.open(to, Encryption.of(sse, kmsKeyId), environment, output.log(spec)::println);
        PublishOptions how = new PublishOptions(
                manifest.toAbsolutePath().normalize().toString(),
                expected(store),
                overwrites(),
                history,
                build == null ? environment.get("BUILD_URL") : build,
                environment.get("BUILD_NUMBER"),
                commit == null ? environment.get("GIT_COMMIT") : commit,
                changeRequest(),
                allowFromChangeRequest);
        output.result(spec, result(new ManifestPublish(store, how).run()));
        return 0;
    }

    private static Map<String, Object> result(PublishResult published) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uri", published.uri());
        map.put("etag", published.etag());
        map.put("historyUri", published.historyUri());
        map.put("verified", published.verified());
        return map;
    }

    private String changeRequest() {
        String id = environment.getOrDefault("CHANGE_ID", "");
        return id.isBlank() ? null : id;
    }

    private boolean overwrites() throws StoreException {
        return switch (onConflict) {
            case "fail" -> false;
            case "overwrite" -> true;
            default -> throw new StoreException("--on-conflict is fail or overwrite, not " + onConflict + ".");
        };
    }

    private Condition expected(ManifestStore store) throws StoreException {
        if (state == null) {
            return null;
        }
        Optional<ProvenanceFile.Seen> fetched = ProvenanceFile.seen(state.resolve("manifest.json"));
        String uri = store.location().toString();
        if (fetched.isEmpty() || !uri.equals(fetched.get().uri())) {
            throw new StoreException("The state directory " + state + " was not fetched from " + uri
                    + ": fetch from there, or leave out --state.");
        }
        return fetched.get().unchanged();
    }
}
