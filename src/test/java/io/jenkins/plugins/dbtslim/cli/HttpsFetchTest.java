package io.jenkins.plugins.dbtslim.cli;

import static io.jenkins.plugins.dbtslim.store.https.WebSite.redirect;
import static io.jenkins.plugins.dbtslim.store.https.WebSite.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import io.jenkins.plugins.dbtslim.store.https.WebSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest of a web server, such as the dbt platform's API or a site of dbt docs. */
class HttpsFetchTest {
    private static final String TOKEN = "t0ken-of-the-site";

    @TempDir
    private static Path keys;

    @TempDir
    private Path folder;

    private WebSite site;
    private WebSite other;
    private StoreBench bench;

    @BeforeEach
    void open() throws Exception {
        site = new WebSite(keys);
        other = new WebSite(keys);
        bench = new StoreBench(folder, site);
        site.page("/", exchange -> send(exchange, 404, new byte[0]));
    }

    @AfterEach
    void close() throws IOException {
        assertThat(bench.printed).doesNotContain(site.secrets());
        bench.close();
        other.close();
        site.close();
    }

    private String page(String path) {
        return site.endpoint() + path;
    }

    private static byte[] manifest() {
        return StoreBench.json("shop", 3000).getBytes(StandardCharsets.UTF_8);
    }

    private Result fetch(String from, String... more) {
        List<String> args = new ArrayList<>(List.of("--from", from, "--to", bench.state.toString()));
        args.addAll(List.of("--attempts", "2", "--retry-pause", "0.02"));
        args.addAll(List.of(more));
        return bench.run(new FetchCommand(bench.environment), args);
    }

    @Test
    void siteOfDocsNeedsNoLogIn() throws Exception {
        site.page("/docs/manifest.json", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
            // As long as an MD5, and none of these bytes.
            exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef0123456789abcdef\"");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(manifest());
            }
            send(exchange, 200, packed.toByteArray());
        });
        site.page("/docs/run_results.json", exchange -> send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8)));
        Result result = fetch(page("/docs/manifest.json"), "--also", "results,sources");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().get(0)).isEqualTo("Using no log-in");
        assertThat(bench.fetched()).isEqualTo(StoreBench.json("shop", 3000));
        assertThat(bench.state.resolve("run_results.json")).hasContent("{}");
        assertThat(bench.state.resolve("sources.json")).doesNotExist();
        assertThat(fetch(page("/docs/none.json"), "--if-missing", "full-build").out())
                .last()
                .isEqualTo("There is no manifest at " + page("/docs/none.json") + ": everything will be built.");
    }

    @Test
    void logInGoesWhereItIsSaidToGo() throws Exception {
        site.page("/api/manifest.json", exchange -> send(exchange, 200, manifest()));
        bench.environment.put("DBT_SLIM_HTTPS_TOKEN", TOKEN);
        assertThat(fetch(page("/api/manifest.json")).err()).isEmpty();
        assertThat(fetch(page("/api/manifest.json"), "--token-header", "Authorization: Token")
                        .err())
                .isEmpty();
        assertThat(fetch(page("/api/manifest.json"), "--token-header", "PRIVATE-TOKEN")
                        .err())
                .isEmpty();
        bench.environment.remove("DBT_SLIM_HTTPS_TOKEN");
        bench.environment.put("DBT_SLIM_HTTPS_USER", "jane");
        bench.environment.put("DBT_SLIM_HTTPS_PASSWORD", "p4ssword");
        assertThat(fetch(page("/api/manifest.json")).err()).isEmpty();
        assertThat(site.requests().stream()
                        .map(request -> request.replaceFirst("^GET \\S+ ", ""))
                        .distinct())
                .containsExactly("Bearer " + TOKEN, "Token " + TOKEN, TOKEN, "Basic amFuZTpwNHNzd29yZA==");
        assertThat(fetch(page("/api/manifest.json"), "--token-header", "PRIVATE-TOKEN")
                        .err()
                        .get(0))
                .contains("which is sent as basic authentication");
        assertThat(fetch(page("/api/manifest.json"), "--token-header", "Host")
                        .err()
                        .get(0))
                .contains("Not a header for a token: Host;");
    }

    @Test
    void redirectTakesTheLogInToNoOtherHost() throws Exception {
        bench.environment.put("DBT_SLIM_HTTPS_TOKEN", TOKEN);
        site.page("/latest", exchange -> redirect(exchange, "/run/7"));
        site.page("/run/7", exchange -> redirect(exchange, other.endpoint() + "/bytes?X-Amz-Signature=0123456789"));
        other.page("/bytes", exchange -> redirect(exchange, other.endpoint() + "/more"));
        other.page("/more", exchange -> send(exchange, 200, manifest()));
        assertThat(fetch(page("/latest")).err()).isEmpty();
        assertThat(site.requests()).containsExactly("GET /latest Bearer " + TOKEN, "GET /run/7 Bearer " + TOKEN);
        assertThat(other.requests()).containsExactly("GET /bytes?X-Amz-Signature=0123456789 null", "GET /more null");
        assertThat(bench.printed).doesNotContain("X-Amz");
    }

    @Test
    void onlyHttpsIsFollowedAndNotForEver() throws Exception {
        bench.environment.put("DBT_SLIM_HTTPS_TOKEN", TOKEN);
        site.page("/down", exchange -> redirect(exchange, "http://localhost:1/manifest.json"));
        site.page("/odd", exchange -> redirect(exchange, "https://jane:x@localhost:1/manifest.json"));
        site.page("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
        site.page("/round", exchange -> redirect(exchange, "/round"));
        for (String path : List.of("/down", "/odd", "/file")) {
            assertThat(fetch(page(path)).err().get(0))
                    .contains(" redirects to ")
                    .endsWith("and only https is followed: name the address where the manifest lies.");
        }
        assertThat(fetch(page("/round")).err().get(0)).contains(" redirects more than 5 times");
    }

    @Test
    void answersAreExplained() throws Exception {
        site.page("/closed", exchange -> send(exchange, 401, (TOKEN + " is wrong").getBytes(StandardCharsets.UTF_8)));
        site.page("/login", exchange -> send(exchange, 200, "<html>Log in!".getBytes(StandardCharsets.UTF_8)));
        assertThat(fetch(page("/closed")).err().get(0)).endsWith("The server wants a log-in: name credentials.");
        bench.environment.put("DBT_SLIM_HTTPS_TOKEN", TOKEN);
        assertThat(fetch(page("/closed")).err().get(0)).contains("does not accept these credentials there");
        assertThat(fetch(page("/closed")).out()).noneMatch(line -> line.contains("signing again"));
        assertThat(fetch(page("/login")).err().get(0)).contains(page("/login"), "what lies here is left as it was");
        bench.environment.put("DBT_SLIM_HTTPS_TOKEN", "two\nlines");
        assertThat(fetch(page("/closed")).err().get(0))
                .contains("has line ends")
                .doesNotContain("two");
        assertThat(fetch("http://localhost/manifest.json").err().get(0)).contains("write https://");
    }

    @Test
    void nothingIsPublishedThere() throws Exception {
        Path manifest = bench.manifest("shop", 9);
        Result result = bench.run(
                new PublishCommand(bench.environment),
                List.of("--as-it-is", "--manifest", manifest.toString(), "--to", page("/manifest.json")));
        assertThat(result.err().get(0)).contains("an https location is read only");
        assertThat(site.requests()).isEmpty();
    }

    /** A look asks for a byte and reads no more, whatever the server sends. */
    @Test
    void lookIsShort() throws Exception {
        site.page("/big.json", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1_000_000; i++) {
                    out.write(new byte[1024]);
                }
            } catch (IOException e) {
                // As it should be.
            }
        });
        assertThat(fetch(page("/big.json"), "--note-only").err()).isEmpty();
        assertThat(Files.readString(bench.state.resolve("provenance.json"))).contains("v1");
    }
}
