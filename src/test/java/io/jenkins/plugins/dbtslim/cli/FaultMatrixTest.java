package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.StoreBench.Result;
import io.jenkins.plugins.dbtslim.store.FaultProxy.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can go wrong with GET, HEAD and PUT, once or each time: the exact lines, the exit status, and what
 * lies on the disk and in the store afterwards.
 */
class FaultMatrixTest {
    private static final int ONCE = 1;
    private static final int ALWAYS = 100;
    private static final String RETRY = "; attempt 2 of 2 follows in … s";
    private static final String GAVE_UP = "; gave up after 2 attempts.";
    private static final String SIGN_AGAIN = "; signing again and trying once more";
    private static final String LIST =
            " Either these keys lack s3:GetObject, or the object does not exist and they lack"
                    + " s3:ListBucket on the bucket BUCKET, without which S3 hides that an object is missing.";
    private static final String REDIRECT = " Redirects are not followed, because a signature is good for one host only:"
            + " set the region eu-west-3.";
    private static final String CHECK = " Check the endpoint, the region and the keys.";
    private static final String ENDED = " The session of these keys has ended: get new ones.";

    @TempDir
    private Path folder;

    /**
     * One row.
     *
     * @param method that is spoiled: GET of a fetch, the first HEAD or the PUT of a publish
     * @param fault status and code that are answered, or a {@link Fault}
     * @param times how often
     * @param done whether the command succeeds all the same
     * @param lines that it prints between the keys' and the result's; of a failure, the last one is the error
     */
    record Row(String method, String fault, int times, boolean done, List<String> lines) {
        @Override
        public String toString() {
            return method + " " + fault + (times == ALWAYS ? "" : " once");
        }
    }

    private static Row survives(String method, String fault, String... lines) {
        return new Row(method, fault, ONCE, true, List.of(lines));
    }

    private static Row fails(String method, String fault, String... lines) {
        return new Row(method, fault, ALWAYS, false, List.of(lines));
    }

    /** A broken attempt is tried again; if all are broken, that is said. */
    private static Stream<Row> broken(String method, String fault, String problem) {
        return Stream.of(
                new Row(method, fault, timesToBreak(method, fault), true, List.of(method + " URI: " + problem + RETRY)),
                fails(
                        method,
                        fault,
                        method + " URI: " + problem + RETRY,
                        method + " URI at HOST: " + problem + GAVE_UP));
    }

    // The JDK itself tries once more, in silence, where a connection ends before a reply that may be asked for twice.
    private static int timesToBreak(String method, String fault) {
        return fault.equals("LOST") && !method.equals("PUT") ? 2 : ONCE;
    }

    /** A signature that is not accepted is made anew, once. */
    private static Stream<Row> unsigned(String method, String fault, String said, String advice) {
        return Stream.of(
                survives(method, fault, method + " URI: the store answered " + said + SIGN_AGAIN),
                fails(
                        method,
                        fault,
                        method + " URI: the store answered " + said + SIGN_AGAIN,
                        "URI: the store answered " + said + "." + advice));
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Stream.of(fetch(), head(), publish()).forEach(part -> part.forEach(rows::add));
        return rows;
    }

    private static Stream<Row> fetch() {
        return Stream.of(
                        unsigned("GET", "403 AccessDenied", "403 AccessDenied: said by the test", LIST),
                        unsigned("GET", "400 ExpiredToken", "400 ExpiredToken: said by the test", ENDED),
                        broken("GET", "503 SlowDown", "the server answered 503 SlowDown: said by the test"),
                        broken("GET", "HANG_BEFORE", "no byte for 1 s"),
                        broken("GET", "HANG_WITHIN", "no byte for 1 s"),
                        broken("GET", "CUT", "the connection ended early"),
                        broken("GET", "LOST", "the connection ended early"),
                        broken("GET", "TOO_LONG", "the connection ended early"),
                        broken(
                                "GET",
                                "TOO_SHORT",
                                "the checksum differs: what came is not what was published (SHA-256)"),
                        broken("GET", "DAMAGED", "the checksum differs: what came is not what was published (SHA-256)"),
                        Stream.of(
                                survives("GET", "SLOW"),
                                fails(
                                        "GET",
                                        "404 NoSuchKey",
                                        "There is no manifest at URI: publish one from production first, or choose the"
                                                + " full build for a missing manifest (ifMissing: 'fullBuild'; for the command"
                                                + " --if-missing full-build)."),
                                fails(
                                        "GET",
                                        "409 Conflict",
                                        "URI: the store answered 409 Conflict: said by the test." + CHECK),
                                fails(
                                        "GET",
                                        "412 Failed",
                                        "URI: the store answered 412 Failed: said by the test." + CHECK),
                                fails(
                                        "GET",
                                        "301 Moved",
                                        "URI: the store answered 301 Moved: said by the test." + REDIRECT)))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> head() {
        return Stream.of(
                        unsigned("HEAD", "403 AccessDenied", "403", LIST),
                        unsigned(
                                "HEAD",
                                "400 ExpiredToken",
                                "400",
                                " Check the region and the keys; a session may have ended."),
                        broken("HEAD", "503 SlowDown", "the server answered 503"),
                        broken("HEAD", "HANG_BEFORE", "no byte for 1 s"),
                        broken("HEAD", "LOST", "the connection ended early"),
                        Stream.of(
                                survives("HEAD", "SLOW"),
                                // Seen as absent, written for the first time, refused, looked at again: seen.
                                new Row("HEAD", "404 NoSuchKey", ONCE, false, List.of(conflict())),
                                fails("HEAD", "409 Conflict", "URI: the store answered 409." + CHECK),
                                fails("HEAD", "412 Failed", "URI: the store answered 412." + CHECK),
                                fails("HEAD", "301 Moved", "URI: the store answered 301." + REDIRECT)))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> publish() {
        String refused = "URI: the store says that it has changed; looking again";
        String stuck =
                "Not published: URI refuses a conditional write although nothing has changed there: if this store"
                        + " does not know If-Match, publish with onConflict: overwrite (--on-conflict overwrite).";
        String busy = "URI: another write is under way; looking again";
        return Stream.of(
                        unsigned(
                                "PUT",
                                "403 AccessDenied",
                                "403 AccessDenied: said by the test",
                                " These keys may not write there: they need s3:PutObject, and leave for the KMS key where"
                                        + " there is one."),
                        unsigned("PUT", "400 ExpiredToken", "400 ExpiredToken: said by the test", ENDED),
                        broken("PUT", "503 SlowDown", "the server answered 503 SlowDown: said by the test"),
                        broken("PUT", "HANG_BEFORE", "no byte for 1 s"),
                        broken("PUT", "STUCK_UPLOAD", "no byte for 1 s"),
                        broken("PUT", "CUT", "the connection ended early"),
                        // The store compares with Content-MD5, and takes nothing that differs.
                        broken("PUT", "DAMAGED", "the server answered 400 BadDigest"),
                        Stream.of(
                                survives("PUT", "SLOW"),
                                // It was done, only the answer is lost: the second attempt is refused, a look shows
                                // why.
                                survives("PUT", "LOST", "PUT URI: the connection ended early" + RETRY),
                                new Row(
                                        "PUT",
                                        "LOST",
                                        ALWAYS,
                                        true,
                                        List.of("PUT URI: the connection ended early" + RETRY)),
                                survives("PUT", "TOO_LONG", "PUT URI: the connection ended early" + RETRY),
                                survives("PUT", "409 ConditionalRequestConflict", busy),
                                fails(
                                        "PUT",
                                        "409 ConditionalRequestConflict",
                                        busy,
                                        busy,
                                        busy,
                                        busy,
                                        busy,
                                        "Not published: URI stays busy with another write; production is built, so"
                                                + " publish again later."),
                                survives("PUT", "412 PreconditionFailed", refused),
                                fails("PUT", "412 PreconditionFailed", refused, refused, stuck),
                                fails("PUT", "404 NoSuchKey", refused, refused, stuck),
                                fails(
                                        "PUT",
                                        "301 Moved",
                                        "URI: the store answered 301 Moved: said by the test." + REDIRECT),
                                fails(
                                        "PUT",
                                        "501 NotImplemented",
                                        "URI: the store answered 501 NotImplemented: said by the test. This store lacks"
                                                + " what is asked for, such as conditional writes or that encryption: leave it out, or take another store.")))
                .flatMap(rows -> rows);
    }

    private static String conflict() {
        return "Conflict: production is built, but its manifest is not published to URI: job 7 published another manifest"
                + " there at TIME since this deploy began. Deploy again from there, or publish this one with onConflict:"
                + " overwrite (--on-conflict overwrite).";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void saysWhatHappenedAndLosesNothing(Row row) throws IOException {
        try (StoreBench bench = new StoreBench(folder)) {
            Path manifest = bench.manifest("shop", 20_000);
            bench.given(manifest);
            bench.fetch();
            String first = bench.fetched();
            Files.writeString(manifest, StoreBench.json("shop", 30_000));
            String second = Files.readString(manifest);
            bench.given(manifest, "--build", "job 7");
            boolean fetch = row.method().equals("GET");
            if (!fetch) {
                // More than fits into the buffers between the client and a server that does not read.
                Files.writeString(
                        manifest,
                        StoreBench.json(
                                "shop",
                                row.fault().equals("STUCK_UPLOAD")
                                                || row.fault().equals("CUT")
                                        ? 8_000_000
                                        : 40_000));
            }
            spoil(bench, row);

            Result result = fetch ? bench.fetch() : bench.publish(manifest);

            assertThat(said(result, bench)).containsExactlyElementsOf(row.lines());
            assertThat(result.status()).isEqualTo(row.done() ? 0 : 2);
            assertThat(result.err()).hasSize(row.done() ? 0 : 1);
            assertThat(bench.filesIn(folder))
                    .containsOnlyKeys("shop.json", "state of prod/manifest.json", "state of prod/provenance.json");
            bench.proxy.reset();
            if (fetch) {
                assertThat(bench.fetched()).isEqualTo(row.done() ? second : first);
            } else {
                bench.fetch();
                assertThat(bench.fetched().equals(second)).isEqualTo(!row.done());
            }
            assertThat(bench.printed).doesNotContain(StoreBench.SECRETS).doesNotContain("X-Amz-");
        }
    }

    private static void spoil(StoreBench bench, Row row) {
        if (Character.isDigit(row.fault().charAt(0))) {
            bench.proxy.answer(
                    row.method(),
                    row.times(),
                    Integer.parseInt(row.fault().substring(0, 3)),
                    row.fault().substring(4),
                    "x-amz-bucket-region: eu-west-3",
                    "Location: http://169.254.169.254/");
        } else {
            bench.proxy.spoil(row.method(), Fault.valueOf(row.fault()), row.times());
            if (row.lines().toString().contains("no byte for")) {
                bench.impatient();
            }
        }
    }

    private static List<String> said(Result result, StoreBench bench) {
        List<String> said = new ArrayList<>(result.out());
        assertThat(said.remove(0)).isEqualTo("Using AWS_ACCESS_KEY_ID of the environment");
        if (result.status() == 0) {
            assertThat(said.remove(said.size() - 1)).matches("(Fetched|Published) " + bench.uri + " .*");
        }
        result.err().forEach(line -> said.add(line.replaceFirst("^(fetch|publish): ", "")));
        return said.stream()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z", "TIME")
                        .replace("at …", "at HOST")
                        .replace(bench.uri, "URI")
                        .replace(bench.bucket, "BUCKET"))
                .toList();
    }
}
