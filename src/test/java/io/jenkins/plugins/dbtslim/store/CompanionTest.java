package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels with a manifest has names that are files beside it, and nowhere else. */
class CompanionTest {
    @Test
    void eachLiesBesideTheManifest() throws Exception {
        ManifestLocation manifest = ManifestLocation.parse("s3://bucket/prod/manifest.json");
        assertThat(Companion.parse("also", List.of("timings", " parse:staging ")))
                .extracting(
                        Companion::fileName,
                        companion -> companion.beside(manifest).toString())
                .containsExactly(
                        tuple("timings.json", "s3://bucket/prod/manifest.timings.json.gz"),
                        tuple(
                                "partial_parse-staging.msgpack",
                                "s3://bucket/prod/manifest.partial_parse-staging.msgpack.gz"));
        assertThat(Companion.ofFile("partial_parse-staging.msgpack")).hasSize(1);
        assertThat(Companion.ofFile("partial_parse.msgpack")).isEmpty();
    }

    @Test
    void aTargetIsNoPath() {
        for (String id : List.of("parse:", "parse:../x", "parse:a/b", "parse:.hidden", "all")) {
            assertThatThrownBy(() -> Companion.parse("also", List.of(id)))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("parse:<target>");
        }
    }
}
