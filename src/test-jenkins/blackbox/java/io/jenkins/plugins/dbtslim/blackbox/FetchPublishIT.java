package io.jenkins.plugins.dbtslim.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.store.S3Server;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests go to the store and come back, in every kind of job; what goes wrong costs one sentence. */
class FetchPublishIT {
    private static final String MANIFEST = manifest("1.10.0", "2026-01-01T00:00:00Z");

    @RegisterExtension
    final Site site = new Site();

    @TempDir
    Path folder;

    private static String manifest(String version, String generated) {
        return "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\""
                + version + "\",\"project_name\":\"shop\",\"adapter_type\":\"materialize\",\"generated_at\":\""
                + generated
                + "\"},\"nodes\":{}}";
    }

    private static String write(String file, String text) {
        return "writeFile file: '" + file + "', encoding: 'Base64', text: '" + SampleProject.base64(text) + "'\n";
    }

    private String publish(String uri) {
        return "def p = dbtPublishManifest(to: '" + uri + "'" + site.s3Options(Site.name("s3"))
                + ", manifest: 'target/manifest.json', asItIs: true)\n";
    }

    private String fetch(String uri, String more) {
        return "def f = dbtFetchManifest(from: '" + uri + "'" + site.s3Options(Site.name("s3")) + more + ")\n";
    }

    private Build node(String name, String script) throws InterruptedException {
        return site.pipeline(name, "node {\n" + script + "\n}").run();
    }

    @Test
    void goThereAndBackAndTellWhatTheyDid() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("round");
        Build build = node(
                "round",
                write("target/manifest.json", MANIFEST)
                        + publish(uri)
                        + "echo \"published ${p.uri} ${p.dbtVersion} ${p.project} ${p.verified} ${p.etag != null}\"\n"
                        + fetch(uri, "")
                        + "echo \"fetched ${f.found} ${f.transferred} ${f.fullBuild} ${f.stale} ${f.project} ${f.adapter} ${f.generatedAt}\"\n"
                        + "echo \"by ${f.build}\"\n"
                        + "echo \"same ${f.sha256 == p.sha256} ${f.etag == p.etag} ${f.size == " + MANIFEST.length()
                        + "}\"\n"
                        + "echo \"equal ${readFile('.dbt-state/manifest.json') == readFile('target/manifest.json')}\"\n"
                        + fetch(uri, "").replace("def f", "f")
                        + "echo \"again ${f.found} ${f.transferred}\"\n");
        build.assertResult("SUCCESS")
                .assertConsole(
                        "published " + uri + " 1.10.0 shop true true",
                        "fetched true true false false shop materialize 2026-01-01T00:00:00Z",
                        "same true true true",
                        "equal true",
                        "again true false",
                        "Not fetched again, because it has not changed: " + uri)
                .assertNoStackTrace();
        assertThat(build.console()).containsPattern("by http.*" + build.path()).doesNotContain(S3Server.SECRET_KEY);
    }

    @Test
    void freestyleDoesTheSame() throws Exception {
        String id = site.s3Credentials();
        String uri = Site.uri("freestyle");
        String shell = "<hudson.tasks.Shell><command>mkdir -p target; printf %s '" + SampleProject.base64(MANIFEST)
                + "' | base64 -d > target/manifest.json</command></hudson.tasks.Shell>";
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        String publish = "<" + type + "publish.PublishStep_-FreestyleBuilder><options class=\"" + type
                + "publish.PublishStep\"><to>" + uri
                + "</to><manifest>target/manifest.json</manifest><asItIs>true</asItIs>" + site.s3Xml(id)
                + "</options></" + type + "publish.PublishStep_-FreestyleBuilder>";
        String fetch = "<" + type + "fetch.FetchStep_-FreestyleBuilder><options class=\"" + type
                + "fetch.FetchStep\"><from>" + uri
                + "</from><to>state/manifest.json</to>" + site.s3Xml(id) + "</options></" + type
                + "fetch.FetchStep_-FreestyleBuilder>";
        String compare =
                "<hudson.tasks.Shell><command>cmp target/manifest.json state/manifest.json &amp;&amp; echo they are equal"
                        + "</command></hudson.tasks.Shell>";
        site.freestyle("freestyle", shell, publish, fetch, compare)
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Published " + uri, "Fetched " + uri, "they are equal")
                .assertNoStackTrace();
    }

    @Test
    void declarativeTakesThemAsSteps() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("declarative");
        String fetchMissing =
                fetch(uri, ", ifMissing: 'fullBuild'").replace("def f = ", "").strip();
        site.pipeline(
                        "declarative",
                        "pipeline { agent any\nstages { stage('one') { steps {\n" + fetchMissing + "\n"
                                + write("target/manifest.json", MANIFEST)
                                + publish(uri).replace("def p = ", "") + "} } } }")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("There is no manifest at " + uri + ": everything will be built.", "Published " + uri);
    }

    @Test
    void keysMayComeFromTheEnvironment() throws Exception {
        String uri = Site.uri("env");
        String options = ", region: 'us-east-1', endpoint: '" + Site.endpoint() + "', pathStyle: true";
        Build build = node(
                "env",
                write("target/manifest.json", MANIFEST) + "withEnv(['AWS_ACCESS_KEY_ID=" + S3Server.ACCESS_KEY
                        + "', 'AWS_SECRET_ACCESS_KEY=" + S3Server.SECRET_KEY + "']) { dbtPublishManifest(to: '" + uri
                        + "'"
                        + options + ", manifest: 'target/manifest.json', asItIs: true) }");
        build.assertResult("SUCCESS").assertConsole("Published " + uri);
    }

    @Test
    void missingManifestFailsWithOneSentenceOrNot() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("none");
        Build build = node(
                "none",
                fetch(uri, ", ifMissing: 'skip'")
                        + "echo \"skip ${f.found} ${f.fullBuild}\"\n"
                        + fetch(uri, ", ifMissing: 'fullBuild'").replace("def f", "f")
                        + "echo \"full ${f.found} ${f.fullBuild}\"\n"
                        + fetch(uri, "").replace("def f", "f"));
        build.assertResult("FAILURE")
                .assertConsole(
                        "skip false false",
                        "full false true",
                        "ERROR: There is no manifest at " + uri + ": publish one from production first")
                .assertNoStackTrace();
    }

    @Test
    void wrongKeysAreNamedAsSuch() throws Exception {
        site.s3Credentials();
        String wrong = site.credentials("wrong", S3Server.ACCESS_KEY, "not-the-secret-access-key");
        Build build = node("wrong", "dbtFetchManifest(from: '" + Site.uri("wrong") + "'" + site.s3Options(wrong) + ")");
        build.assertResult("FAILURE")
                .assertConsole("secret access key is wrong for this store")
                .assertNoStackTrace();
        assertThat(build.console()).doesNotContain("not-the-secret-access-key");
    }

    @Test
    void missingBucketIsNamed() throws Exception {
        site.s3Credentials();
        node("bucket", fetch("s3://no-such-bucket-here/manifest.json", ""))
                .assertResult("FAILURE")
                .assertConsole("The bucket no-such-bucket-here does not exist there")
                .assertNoStackTrace();
    }

    @Test
    void missingCredentialsAreNamedWithTheirKind() throws Exception {
        node("credentials", fetch(Site.uri("credentials"), ""))
                .assertResult("FAILURE")
                .assertConsole("No credentials with the id \"" + Site.name("s3") + "\"", "Username with password")
                .assertNoStackTrace();
    }

    @Test
    void storeThatIsNotThereCostsOneSentence() throws Exception {
        site.s3Credentials();
        node(
                        "away",
                        "dbtFetchManifest(from: 's3://bucket/m.json', endpoint: 'http://127.0.0.1:1', pathStyle: true, region: 'us-east-1', credentialsId: '"
                                + Site.name("s3") + "')")
                .assertResult("FAILURE")
                .assertConsole("ERROR: ", "127.0.0.1:1")
                .assertNoStackTrace();
    }

    @Test
    void wrongLocationCostsOneSentence() throws Exception {
        node("location", "dbtFetchManifest 'ftp://bucket/manifest.json'")
                .assertResult("FAILURE")
                .assertConsole("ERROR: ", "ftp")
                .assertNoStackTrace();
    }

    @Test
    void noManifestIsPublishedThatIsNone() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("html");
        node("html", write("target/manifest.json", "<html>Log in</html>") + publish(uri))
                .assertResult("FAILURE")
                .assertConsole("target/manifest.json")
                .assertNoStackTrace();
        node("html-after", fetch(uri, "")).assertResult("FAILURE").assertConsole("There is no manifest at " + uri);
    }

    @Test
    void twoDeploysDoNotOverwriteEachOther() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("conflict");
        Job late = site.pipeline(
                "late",
                "node {\n" + fetch(uri, ", ifMissing: 'fullBuild'") + write("target/manifest.json", MANIFEST)
                        + "sleep 15\n" + publish(uri) + "}");
        Build first = late.start().awaitLine("everything will be built");
        node("early", write("target/manifest.json", manifest("1.10.1", "2026-01-02T00:00:00Z")) + publish(uri))
                .assertResult("SUCCESS");
        first.await()
                .assertResult("FAILURE")
                .assertConsole("Conflict: production is built, but its manifest is not published to " + uri)
                .assertNoStackTrace();
        node("theirs", fetch(uri, "") + "echo \"version ${f.dbtVersion}\"").assertConsole("version 1.10.1");
    }

    /**
     * A checkout holds a manifest where the state is fetched to, and beside it what says that it is production's: all that one
     * who opens a pull request can know, production's ETag included.
     */
    @ParameterizedTest
    @ValueSource(strings = {"s3", "file", "build"})
    void aCheckoutThatBringsItsOwnStateIsNotBelieved(String store) throws Exception {
        site.s3Credentials();
        String uri = Map.of(
                        "s3", Site.uri("brought"),
                        "file", "file:" + folder.resolve("manifest.json"),
                        "build", "build:" + Site.name("brought-" + store))
                .get(store);
        String options = store.equals("s3") ? site.s3Options(Site.name("s3")) : "";
        String theirs = manifest("6.6.6", "2026-01-01T00:00:00Z");
        String proof =
                "{\"format\":1,\"uri\":\"'+p.uri+'\",\"etag\":'+groovy.json.JsonOutput.toJson(p.etag)+',\"sha256\":\""
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(theirs.getBytes(UTF_8)))
                        + "\",\"size\":" + theirs.length() + ",\"schema_version\":12,\"dbt_version\":\"6.6.6\","
                        + "\"project\":\"shop\",\"adapter\":\"materialize\"}";
        node(
                        "brought-" + store,
                        write("target/manifest.json", MANIFEST)
                                + "def p = dbtPublishManifest(to: '" + uri + "'" + options
                                + ", manifest: 'target/manifest.json', asItIs: true)\n"
                                + write(".dbt-state/manifest.json", theirs)
                                + "writeFile file: '.dbt-state/provenance.json', text: '" + proof + "'\n"
                                + "def f = dbtFetchManifest(from: '" + uri + "'" + options + ")\n"
                                + "echo \"transferred ${f.transferred} version ${f.dbtVersion}\"\n"
                                + "echo \"equal ${readFile('.dbt-state/manifest.json') == readFile('target/manifest.json')}\"\n")
                .assertResult("SUCCESS")
                .assertConsole("transferred true version 1.10.0", "equal true");
    }

    @Test
    void whatNoRunMadeAndChangeRequestsDoNotPublish() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("guard");
        node(
                        "guard",
                        write("target/manifest.json", MANIFEST)
                                + publish(uri).replace(", manifest: 'target/manifest.json', asItIs: true", ""))
                .assertResult("FAILURE")
                .assertConsole("Not published to " + uri + ": no dbtSlimBuild of this build ended here")
                .assertNoStackTrace();
        node("change", write("target/manifest.json", MANIFEST) + "withEnv(['CHANGE_ID=7']) {\n" + publish(uri) + "}")
                .assertResult("FAILURE")
                .assertConsole("Not published to " + uri + ": this build is for the change request 7")
                .assertNoStackTrace();
    }

    @Test
    void otherProjectsManifestIsNotReplaced() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("other");
        node(
                        "other",
                        write("target/manifest.json", MANIFEST)
                                + publish(uri)
                                + write("target/manifest.json", MANIFEST.replace("shop", "bakery"))
                                + publish(uri).replace("def p", "p"))
                .assertResult("FAILURE")
                .assertConsole("Not published: " + uri + " holds the manifest of", "bakery")
                .assertNoStackTrace();
    }

    @Test
    void historyKeepsDatedCopies() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("history");
        Build build = node(
                "history",
                write("target/manifest.json", MANIFEST)
                        + publish(uri).replace("pathStyle: true", "pathStyle: true, history: true")
                        + "echo \"history ${p.historyUri}\"\n"
                        + "def h = dbtFetchManifest(from: p.historyUri, to: 'h.json'" + site.s3Options(Site.name("s3"))
                        + ")\n"
                        + "echo \"same ${h.sha256 == p.sha256}\"");
        build.assertResult("SUCCESS").assertConsole("same true", "/history/");
    }

    @Test
    void foldersAreMade() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("path");
        node(
                        "path",
                        write("target/manifest.json", MANIFEST) + publish(uri) + fetch(uri, ", to: 'a/b/c.json'")
                                + "echo \"there ${fileExists('a/b/c.json')}\"")
                .assertResult("SUCCESS")
                .assertConsole("there true");
    }

    @Test
    void credentialsMadeByTheCommandLineServeAsWell() throws Exception {
        site.jenkins()
                .cli(
                        Site.credentialsXml("cli", S3Server.ACCESS_KEY, S3Server.SECRET_KEY),
                        "create-credentials-by-xml",
                        "system::system::jenkins",
                        "_");
        String id = site.deleteLater("cli");
        String uri = Site.uri("cli");
        node(
                        "cli",
                        write("target/manifest.json", MANIFEST) + "dbtPublishManifest(to: '" + uri + "'"
                                + site.s3Options(id) + ", manifest: 'target/manifest.json', asItIs: true)")
                .assertResult("SUCCESS")
                .assertConsole("Published " + uri);
    }
}
