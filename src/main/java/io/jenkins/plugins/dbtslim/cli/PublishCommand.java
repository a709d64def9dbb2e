package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code dbt-slim publish}: makes what is true of a deploy production's manifest, unless somebody else published meanwhile.
 */
@Command(
        name = "publish",
        description =
                "Makes a manifest production's, unless somebody else published meanwhile. What the run did not build"
                        + " stands in it as it was before, so that the next run builds it.",
        footer = {
            "",
            "Keys come from the environment:",
            "  s3: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN",
            "  gs: GS_ACCESS_KEY_ID, GS_SECRET_ACCESS_KEY",
            "  az: AZURE_STORAGE_SAS_TOKEN, or AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY",
            "Example:",
            "  dbt-slim publish --manifest kept/manifest.json --state .dbt-state \\",
            "    --to s3://my-bucket/prod/manifest.json"
        })
final class PublishCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--manifest",
            required = true,
            paramLabel = "FILE",
            description = "The manifest that the deploy kept.")
    Path manifest;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URI",
            description = {
                "s3://bucket/path/manifest.json,",
                "gs://bucket/path/manifest.json,",
                "az://account/container/path/manifest.json",
                "or file:/path/manifest.json; may hold $${NAME}",
                "of the environment. Packed when it ends with",
                ".gz."
            })
    String to;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State directory of the fetch that the deploy began with: publish only if what was fetched is"
                    + " still there, and keep of it what the deploy did not build.")
    Path state;

    @Option(
            names = "--as-it-is",
            description = "Publish the manifest as it is, without asking what of it was built: all of it stands in"
                    + " production.")
    boolean asItIs;

    @Mixin
    ResultOutput output = new ResultOutput();

    @Mixin
    PublishingOptions options = new PublishingOptions();

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
        Consumer<String> log = output.log(spec);
        ManifestStore store = options.open(to, environment, log);
        Condition expected = PublishingOptions.expected(state, store, environment);
        TruePublication publication = new TruePublication(store, options, environment, log);
        output.result(
                spec, asItIs ? publication.publish(manifest, expected) : publication.run(manifest, state, expected));
        return 0;
    }
}
