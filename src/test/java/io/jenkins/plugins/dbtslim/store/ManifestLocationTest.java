package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locations as users write them, and variables whose values come from a branch's name. */
class ManifestLocationTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a/manifest.json, s3, bucket/a/manifest.json, s3://bucket/a/manifest.json",
        "S3://my.bucket_1/m.json.gz, s3, my.bucket_1/m.json.gz, s3://my.bucket_1/m.json.gz",
        "file:/a b/ü.json, file, /a b/ü.json, file:/a b/ü.json",
        "file:///a/m.json, file, /a/m.json, file:/a/m.json",
        "/a/%20/m.json, file, /a/%20/m.json, file:/a/%20/m.json",
        "state/m.json, file, state/m.json, file:state/m.json",
        "C:\\state\\m.json, file, C:\\state\\m.json, file:C:\\state\\m.json",
        "build:folder/job, build, folder/job, build:folder/job",
        "gs://bucket/a/m.json, gs, bucket/a/m.json, gs://bucket/a/m.json",
        "az://shop/prod/a/m.json, az, shop/prod/a/m.json, az://shop/prod/a/m.json",
        "https://host:8443/a/m.json?job=x, https, host:8443/a/m.json?job=x, https://host:8443/a/m.json?job=x",
        "HTTPS://host/größe/m.json, https, host/gr%C3%B6%C3%9Fe/m.json, https://host/gr%C3%B6%C3%9Fe/m.json"
    })
    void isRead(String text, String scheme, String path, String shown) throws StoreException {
        ManifestLocation location = ManifestLocation.parse(text);
        assertThat(location).isEqualTo(new ManifestLocation(scheme, path)).hasToString(shown);
        assertThat(ManifestLocation.parse(shown)).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "s3://bucket",
                "s3://bucket/",
                "s3:/bucket/key",
                "s3://b/key",
                "s3://bucket//key",
                "s3://bucket/a/../key",
                "s3://bucket/./key",
                "s3://bucket/key/",
                "s3://buck et/key",
                "s3://user@bucket/k",
                "file:",
                "/folder/",
                "s3://bucket/a\nb",
                "gs://bucket",
                "az://account/container",
                "az://Account/container/m.json",
                "http://host/m.json",
                "https://host",
                "https://host/",
                "https:host/m.json",
                "https://jane:secret@host/m.json",
                "https://host/a b/m.json",
                "https://host/m.json#x",
                "https://host/a/../m.json",
                "https://host/m.json?job=x&private_token=y",
                "https://host/m.json?X-Amz-Signature=y",
                "build:"
            })
    void isRefusedWithASentence(String text) {
        assertThatThrownBy(() -> ManifestLocation.parse(text))
                .isInstanceOf(StoreException.class)
                .message()
                .endsWith(".")
                .hasSizeGreaterThan(30);
    }

    @Test
    void variablesAreFilledInAndChecked() throws StoreException {
        Map<String, String> environment =
                Map.of("BRANCH", "feature/größe-1", "EVIL", "../prod", "SPACE", "a b", "EMPTY", "", "ABSOLUTE", "/x");
        assertThat(ManifestLocation.parse("s3://bucket/${BRANCH}/m.json", environment)
                        .key())
                .isEqualTo("feature/größe-1/m.json");
        for (String name : new String[] {"EVIL", "SPACE", "EMPTY", "MISSING", "ABSOLUTE", ""}) {
            assertThatThrownBy(() -> ManifestLocation.parse("s3://bucket/${" + name + "}/m.json", environment))
                    .as(name)
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void secretsInLocationsAreNotQuoted() {
        for (String text : new String[] {"https://jane:hidden@host/m.json", "https://host/m.json?sig=hidden"}) {
            assertThatThrownBy(() -> ManifestLocation.parse(text)).hasMessageNotContaining("hidden");
        }
    }

    @Test
    void companionsLieBesideIt() throws StoreException {
        ManifestLocation location = ManifestLocation.parse("https://host/a/manifest.json?job=x");
        assertThat(Companion.RESULTS.beside(location)).hasToString("https://host/a/manifest.run_results.json.gz?job=x");
        assertThat(location.sibling("run_results.json")).hasToString("https://host/a/run_results.json?job=x");
    }

    @Test
    void historyLiesBesideIt() throws StoreException {
        assertThat(ManifestLocation.parse("s3://bucket/a/m.json").history("x"))
                .hasToString("s3://bucket/a/history/m-x.json.gz");
        assertThat(ManifestLocation.parse("s3://bucket/m.json").history("x"))
                .hasToString("s3://bucket/history/m-x.json.gz");
    }
}
