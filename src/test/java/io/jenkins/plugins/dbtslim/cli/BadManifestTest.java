package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no usable manifest neither comes in nor goes out, and what lay there before stays. */
class BadManifestTest {
    @TempDir
    private Path folder;

    /** Ways to be no manifest, with what is said about each. */
    enum Bad {
        EMPTY("", " is empty"),
        CUT_OFF(StoreBench.json("shop", 3000).substring(0, 1000), " is cut off"),
        CUT_OFF_EARLY("{\"metadata\": {\"dbt_sch", " is cut off"),
        NOT_JSON("{\"metadata\": nothing}", " is not valid JSON"),
        NOT_JSON_LATER(StoreBench.json("shop", 10).replace("\"nodes\": {}", "\"nodes\": what"), " is not valid JSON"),
        TWICE(StoreBench.json("shop", 10) + StoreBench.json("shop", 10), "something follows its end"),
        WEB_PAGE("<!DOCTYPE html><html><body>Please log in</body></html>", " is a web page or XML, not JSON"),
        NO_OBJECT("[1, 2]", "it is JSON, but no object"),
        OTHER_JSON("{\"name\": \"x\"}", "it has no metadata"),
        OTHER_ARTIFACT(StoreBench.json("shop", 9).replace("manifest/v12", "run-results/v6"), "run-results artifact"),
        NEW_SCHEMA(StoreBench.json("shop", 9).replace("v12", "v99"), "has manifest schema v99");

        private final String content;
        private final String said;

        Bad(String content, String said) {
            this.content = content;
            this.said = said;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotFetched(Bad bad) throws IOException, InterruptedException {
        try (StoreBench bench = new StoreBench(folder)) {
            bench.given(bench.manifest("shop", 500));
            bench.fetch();
            bench.upload(bad.content);

            Result result = bench.fetch();

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).hasSize(1);
            assertThat(result.err().get(0))
                    .startsWith("fetch: " + bench.uri + " ")
                    .contains(bad.said)
                    .endsWith("; what lies here is left as it was.")
                    .doesNotContain(".part");
            assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 500));
            assertThat(bench.filesIn(bench.state)).containsOnlyKeys("manifest.json", "provenance.json");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotPublished(Bad bad) throws IOException {
        try (StoreBench bench = new StoreBench(folder)) {
            Path manifest = bench.manifest("shop", 500);
            Files.writeString(manifest, bad.content);

            Result result = bench.publish(manifest);

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).hasSize(1);
            assertThat(result.err().get(0))
                    .startsWith("publish: Not published: " + manifest + " ")
                    .contains(bad.said)
                    .endsWith(".");
            assertThat(bench.proxy.requests()).isEmpty();
        }
    }
}
