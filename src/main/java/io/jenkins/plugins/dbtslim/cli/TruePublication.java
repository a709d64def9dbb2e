package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.FileTree;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import io.jenkins.plugins.dbtslim.secret.SecretScan;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestConflict;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import io.jenkins.plugins.dbtslim.truth.ProductionSummary;
import io.jenkins.plugins.dbtslim.truth.RunCompanions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Publishes what is true of production after a run, whatever came of the run. */
final class TruePublication {
    private final ManifestStore store;
    private final PublishingOptions options;
    private final Map<String, String> environment;
    private final Consumer<String> log;

    TruePublication(
            ManifestStore store, PublishingOptions options, Map<String, String> environment, Consumer<String> log) {
        this.store = store;
        this.options = options;
        this.environment = environment;
        this.log = log;
    }

    /**
     * Publishes it, and says what is left to build; gives what scripts want to know.
     *
     * @param manifest of the run, with what is known of the run beside it
     * @param state what the run was compared with, or null
     * @param expected what must still lie at the store; null for what lies there now
     */
    Map<String, Object> run(Path manifest, @CheckForNull Path state, Condition expected)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dbt-slim");
        try {
            Path made = folder.resolve(Artifacts.MANIFEST);
            Path former = Manifests.state(state);
            boolean first = former == null || !Files.exists(former);
            ProductionSummary summary = new ProductionManifest(
                            manifest, RunRecord.read(manifest.toAbsolutePath().getParent()))
                    .former(first ? null : former)
                    .publishedBy(environment.get("BUILD_NUMBER"))
                    .write(made);
            RunCompanions.write(manifest.toAbsolutePath().resolveSibling(""), first ? null : former, made);
            if (state == null && !summary.isWhole()) {
                checkFirst(summary);
            }
            summary.lines().forEach(line -> log.accept("dbt-slim: " + line));
            Map<String, Object> result =
                    summary.isPublishable() ? publish(summary, made, expected) : new LinkedHashMap<>();
            result.putAll(summary.toMap());
            return result;
        } finally {
            FileTree.delete(folder);
        }
    }

    /** Publishes a manifest as it is. */
    Map<String, Object> publish(Path manifest, Condition expected) throws IOException, InterruptedException {
        checkSecrets(manifest);
        return new ManifestPublish(store, options.of(manifest, expected, null, environment))
                .run()
                .toMap();
    }

    private Map<String, Object> publish(ProductionSummary summary, Path made, Condition expected)
            throws IOException, InterruptedException {
        checkSecrets(made);
        try {
            return new ManifestPublish(store, options.of(made, expected, summary.commit(), environment))
                    .withCompanions()
                    .run()
                    .toMap();
        } catch (ManifestConflict e) {
            throw e.with(summary.builtSentence());
        }
    }

    /** As in a build of Jenkins: a manifest is not changed, and what all may read holds no secret. */
    private void checkSecrets(Path manifest) throws IOException {
        String at =
                Files.isRegularFile(manifest) ? SecretScan.find(manifest, SecretMask.ofEnvironment(environment)) : null;
        if (at != null) {
            throw new UserException("Not published to " + store.location() + ": the manifest holds the value of a"
                    + " variable whose name says that it is a secret, at " + at + ", and whoever may read the store"
                    + " could read it. Take it out of the project, or change the password if it is a word of the"
                    + " project.");
        }
    }

    /** Without the former manifest nothing tells what production has of that which this run did not build. */
    private void checkFirst(ProductionSummary summary) throws IOException, InterruptedException {
        if (store.head().isPresent()) {
            throw new UserException("Not published: not everything was built ("
                    + (summary.isPublishable() ? summary.absent().size() + " were not" : "nothing was")
                    + "), and only the manifest that lies at " + store.location()
                    + " tells what production has instead: fetch it before the build, and give it with --state.");
        }
    }
}
