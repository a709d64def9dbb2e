package io.jenkins.plugins.dbtslim.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.DestinationFile;
import io.jenkins.plugins.dbtslim.store.FetchOptions;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestFetch;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another plugin's kind of store works like ours. */
class StoresTest {
    private static final String MANIFEST =
            "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                    + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}}";

    @TempDir
    private Path folder;

    /** As another plugin would write it: a store that holds one text. */
    private static final class TextKind implements ManifestStoreKind {
        @Override
        public String scheme() {
            return "text";
        }

        @Override
        public ManifestStore open(ManifestLocation location, StoreStep options, StepSite site, WorkspaceAgent agent) {
            return new TextStore(location);
        }
    }

    /** Reads only. */
    private record TextStore(ManifestLocation location) implements ManifestStore {
        @Override
        public ManifestStore at(ManifestLocation other) {
            return new TextStore(other);
        }

        @Override
        public Optional<StoredManifest> head() {
            return Optional.of(new StoredManifest(location, "\"1\"", null, null, MANIFEST.length(), null));
        }

        @Override
        public Optional<FetchedManifest> fetch(String destination) throws IOException {
            try (DestinationFile file = new DestinationFile(Path.of(destination))) {
                Files.writeString(file.temporary(), MANIFEST);
                return Optional.of(new FetchedManifest(file.accept(head().orElseThrow(), "0".repeat(64)), true));
            }
        }

        @Override
        public Optional<ProjectIdentity> peek() {
            return Optional.empty();
        }

        @Override
        public WriteResult put(String manifest, Publication publication, Condition condition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Agent agent() {
            return Agent.local(line -> {});
        }
    }

    private static StepSite site() {
        EnvVars env = new EnvVars() {
            @Override
            public String get(Object name) {
                return name.equals("TARGET") ? "prod" : null;
            }
        };
        return new StepSite(null, null, env, Set.of(), null, null);
    }

    @Test
    void otherPluginsAddSchemes() throws Exception {
        ManifestStore store = Stores.open(
                "text:${TARGET}/x", new FetchStep("text:x"), site(), site().workspace(), List.of(new TextKind()));
        Path destination = folder.resolve("state/manifest.json");
        FetchResult result = new ManifestFetch(
                        store, new FetchOptions(destination.toString(), FetchOptions.IfMissing.fail, null, false))
                .run();
        assertThat(result.toMap()).containsEntry("uri", "text:prod/x").containsEntry("project", "shop");
        assertThat(destination).hasContent(MANIFEST);
    }

    @Test
    void jobsAreNamedInOneForm() {
        for (String wrong : List.of("build:a#", "build:#b", "build:a#b/c", "build:a#b#c")) {
            assertThatThrownBy(() -> new BuildStoreKind().open(ManifestLocation.parse(wrong), null, site(), null))
                    .as(wrong)
                    .isInstanceOf(hudson.AbortException.class);
        }
    }
}
