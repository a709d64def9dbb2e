package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.run.Choice;
import io.jenkins.plugins.dbtslim.run.FetchRules;
import io.jenkins.plugins.dbtslim.store.Companion;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.WithinCallable;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings.Encryption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim fetch}: brings production's manifest into a state directory. */
@Command(
        name = "fetch",
        description = "Brings production's manifest into a state directory, with where it came from beside it.",
        footer = {
            "",
            "Keys come from the environment:",
            "  s3:    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN",
            "  gs:    GS_ACCESS_KEY_ID, GS_SECRET_ACCESS_KEY",
            "  az:    AZURE_STORAGE_SAS_TOKEN, or AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY",
            "  https: DBT_SLIM_HTTPS_TOKEN, or DBT_SLIM_HTTPS_USER, DBT_SLIM_HTTPS_PASSWORD",
            "Example:",
            "  dbt-slim fetch --from s3://my-bucket/prod/manifest.json --to .dbt-state"
        })
final class FetchCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URI",
            description = {
                "s3://bucket/path/manifest.json,",
                "gs://bucket/path/manifest.json,",
                "az://account/container/path/manifest.json,",
                "https://host/path/manifest.json or",
                "file:/path/manifest.json; may hold $${NAME}",
                "of the environment."
            })
    String from;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "State directory for manifest.json.")
    Path directory;

    @Option(
            names = "--if-missing",
            paramLabel = "fail|full-build|skip",
            description = "What to do when there is none yet; default: fail.")
    String ifMissing = "fail";

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            description = "Warn when the manifest is older, such as 12h or 7d.")
    String maxAge;

    @Option(names = "--fail-if-old", description = "An older manifest is an error.")
    boolean failIfOld;

    @Option(
            names = "--note-only",
            description =
                    "Bring nothing; only note what lies there, for a deploy that compares with nothing and publishes"
                            + " with --state.")
    boolean noteOnly;

    @Option(
            names = "--also",
            split = ",",
            paramLabel = "timings,results,sources,parse:TARGET",
            description =
                    "What else to bring of the run that published it: how long nodes took (for the time saved in the"
                            + " report), dbt's run_results.json (for result:error+) and sources.json (for source_status:fresher+),"
                            + " and its parse for a target (build --keep-parse), from which dbt goes on.")
    List<String> also = new ArrayList<>();

    @Mixin
    ResultOutput output = new ResultOutput();

    @Mixin
    StoreOptions options = new StoreOptions();

    FetchCommand() {
        this(System.getenv());
    }

    FetchCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        return Interruptible.run(this::fetch);
    }

    private Integer fetch() throws IOException, InterruptedException {
        ManifestStore store = options.open(from, Encryption.BUCKET_DEFAULT, environment, output.log(spec));
        String destination = directory
                .toAbsolutePath()
                .normalize()
                .resolve(Artifacts.MANIFEST)
                .toString();
        if (!directory.isAbsolute()) {
            store.agent().act(new WithinCallable(Path.of("").toAbsolutePath().toString(), destination, "--to"));
        }
        ManifestFetch fetch = new ManifestFetch(
                store,
                new FetchOptions(
                        destination,
                        Choice.of(IfMissing.class, "--if-missing", ifMissing),
                        FetchRules.age("--max-age", maxAge),
                        failIfOld));
        Set<Companion> wanted = Companion.parse("--also", also);
        FetchResult result = noteOnly ? fetch.note() : fetch.run();
        fetch.companions(result, wanted);
        String problem = FetchRecord.of(Path.of(destination), environment)
                .note(store.location().toString(), result);
        if (problem != null) {
            output.log(spec).accept(problem);
        }
        output.result(spec, result.toMap());
        return 0;
    }
}
