package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job: fetch, slim build, publish, in every kind of job; and how builds end that have nothing to do or fail. */
class SlimBuildIT {
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";

    @RegisterExtension
    final Site site = new Site();

    private String fetch(String uri) {
        return "dbtFetchManifest(from: '" + uri + "', ifMissing: 'fullBuild'" + site.s3Options(Site.name("s3")) + ")\n";
    }

    private String publish(String uri) {
        return "dbtPublishManifest(to: '" + uri + "'" + site.s3Options(Site.name("s3")) + ")\n";
    }

    private static String build(String options) {
        return "dbtSlimBuild(" + SampleProject.dbt() + options + ")\n";
    }

    private Job node(String name, String script) {
        return site.pipeline(name, "node {\n" + script + "}\n");
    }

    /** Builds the project as it is in production and publishes its manifest. */
    private void production(String uri) throws InterruptedException {
        node("production", new SampleProject().pipeline() + fetch(uri) + build("") + publish(uri))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Building everything", "Published " + uri);
    }

    @Test
    void scriptedPipelineBuildsWhatChangedAndWhatDependsOnIt() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("scripted");
        production(uri);
        Build build = node(
                        "scripted",
                        SampleProject.changed().pipeline()
                                + fetch(uri)
                                + "def r = " + build(", operations: ['prepare'], threads: 1")
                                + "echo \"status ${r.status} selected ${r.selected.findAll { it.startsWith('model.') }} failed ${r.failed}\"\n"
                                + "echo \"counts ${r.counts.modified} ${r.counts.downstream} modified ${r.modified}"
                                + " added ${r.added} removed ${r.removed} dbt ${r.dbtVersion}\"\n"
                                + "echo \"url ${r.url} kept ${fileExists(r.manifest)}\"\n"
                                + publish(uri))
                .run();
        build.assertResult("SUCCESS")
                .assertConsole(
                        "status success selected [model.shop.customers, model.shop.revenue] failed []",
                        "counts 1 1 modified [model.shop.customers] added [] removed [] dbt 1.",
                        "Against production: 0 new, 1 modified, 0 removed; 1 set off by that",
                        "modified: model.shop.customers: body",
                        "Report: http",
                        "kept true",
                        "Published " + uri)
                .assertNoStackTrace();
        assertThat(build.console()).containsPattern("url http\\S+" + build.path() + "/dbt-slim/");
        assertThat(build.reportPage("dbt-slim")).contains("customers", "revenue");
        assertThat(site.jenkins().get(build.path() + "/").good()).contains("href=\"dbt-slim");
        JsonNode action = build.slimActions().get(0);
        assertThat(action.get("state").asText()).isEqualTo("SUCCESS");
        assertThat(action.at("/numbers/counts/modified").asInt()).isEqualTo(1);
        node("nothing", SampleProject.changed().pipeline() + fetch(uri) + build(", onNothingToDo: 'unstable'"))
                .run()
                .assertResult("UNSTABLE");
    }

    @Test
    void declarativePipelineDoesTheSame() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("declarative-build");
        production(uri);
        Build build = site.pipeline(
                        "declarative-build",
                        "pipeline { agent any\nstages {\nstage('Fetch') { steps {\n"
                                + SampleProject.changed().pipeline() + fetch(uri)
                                + "} }\nstage('Build') { steps {\n" + build(", id: 'nightly'")
                                + "} }\nstage('Publish') { steps {\n" + publish(uri) + "} } } }")
                .run()
                .assertResult("SUCCESS");
        assertThat(build.reportPage("nightly")).contains("revenue");
    }

    @Test
    void freestyleJobDoesTheSame() throws Exception {
        String id = site.s3Credentials();
        String uri = Site.uri("freestyle-build");
        production(uri);
        String venv = SampleProject.venv();
        String dbt = venv == null ? "<dbt>bin/dbt</dbt>" : "<venv>" + venv + "</venv><profilesDir>.</profilesDir>";
        Build build = site.freestyle(
                        "freestyle-build",
                        SampleProject.changed().shell(),
                        options("fetch.Fetch", "<from>" + uri + "</from>" + site.s3Xml(id)),
                        options("slimbuild.SlimBuild", dbt),
                        options("publish.Publish", "<to>" + uri + "</to>" + site.s3Xml(id)))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Fetched " + uri, "Published " + uri)
                .assertNoStackTrace();
        assertThat(build.reportPage("dbt-slim")).contains("customers", "revenue");
    }

    private static String options(String type, String elements) {
        return "<" + TYPE + type + "Step_-FreestyleBuilder><options class=\"" + TYPE + type + "Step\">" + elements
                + "</options></" + TYPE + type + "Step_-FreestyleBuilder>";
    }

    @Test
    void nothingModifiedIsASuccessThatSaysSo() throws Exception {
        site.s3Credentials();
        String uri = Site.uri("same");
        production(uri);
        Build build = node(
                        "same",
                        new SampleProject().pipeline() + fetch(uri) + "def r = " + build("")
                                + "echo \"status ${r.status} ${r.selected}\"\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("status nothing_to_do []");
        assertThat(build.slimActions().get(0).get("state").asText()).isEqualTo("NOTHING_TO_DO");
    }

    @Test
    void failedModelFailsTheBuildAndHasItsReport() throws Exception {
        Build build = node("failed", new SampleProject().pipeline() + withoutState("'STUB_FAIL=customers'", ""))
                .run()
                .assertResult("FAILURE")
                .assertConsole("failed: model.shop.customers", "ERROR: ")
                .assertNoStackTrace();
        assertThat(build.slimActions().get(0).get("state").asText()).isEqualTo("FAILURE");
        assertThat(build.reportPage("dbt-slim"))
                .contains("customers", "&lt;b&gt;x&lt;/b&gt;")
                .doesNotContain("<b>x</b>");
    }

    /** A full build by the stand-in, for which no manifest needs to be fetched. */
    private String withoutState(String environment, String options) {
        site.s3Credentials();
        return fetch(Site.uri("never"))
                + "withEnv([" + environment + "]) { r = dbtSlimBuild(" + SampleProject.stub() + options + ") }\n"
                + "echo \"status ${r.status} failed ${r.failed}\"\n";
    }

    @Test
    void failedTestsMayOnlyWarn() throws Exception {
        node(
                        "warn",
                        new SampleProject().pipeline()
                                + withoutState("'STUB_FAIL_TEST=orders'", ", onTestFailure: 'unstable'"))
                .run()
                .assertResult("UNSTABLE")
                .assertConsole("status failure failed [test.shop.not_null_orders]");
    }

    @Test
    void reportOnlyLeavesTheResultAlone() throws Exception {
        node("only", new SampleProject().pipeline() + withoutState("'STUB_FAIL=orders'", ", reportOnly: true"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("status failure failed [model.shop.orders]");
    }

    @Test
    void twoBuildsInOneHavePagesOfTheirOwn() throws Exception {
        site.s3Credentials();
        Build build = node(
                        "two",
                        new SampleProject().pipeline()
                                + fetch(Site.uri("never"))
                                + build(", id: 'first'")
                                + build(", id: 'second'"))
                .run()
                .assertResult("SUCCESS");
        assertThat(build.reportPage("first")).contains("revenue");
        assertThat(build.reportPage("second")).contains("revenue");
        assertThat(build.slimActions()).hasSize(2);
    }

    @Test
    void optionsReachDbtByArgumentsAndEnvironment() throws Exception {
        site.s3Credentials();
        String mz = site.credentials("mz", "alice", "s3cr3t-of-alice");
        String options = ", target: 'qa', vars: '{\"day\": 1}', threads: 3, fullRefresh: true, ciTag: 'pr_7',"
                + " host: 'mz.example.com', credentialsId: '" + mz + "', extraArgs: ['--no-partial-parse']";
        node(
                        "options",
                        new SampleProject().pipeline() + withoutState("'STUB_TRACE=1'", options)
                                + "echo readFile('stub.json')\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "\"--target\", \"qa\"",
                        "\"--threads\", \"3\"",
                        "--full-refresh",
                        "--no-partial-parse",
                        "\"MZ_HOST\": \"mz.example.com\", \"MZ_USER\": \"alice\", \"CI_TAG\": \"pr_7\"");
    }

    @Test
    void mistakesCostOneSentence() throws Exception {
        site.s3Credentials();
        fails("state", new SampleProject().pipeline() + build(""), "manifest");
        fails("project", fetch(Site.uri("never")) + "dbtSlimBuild(projectDir: 'nowhere')\n", "dbt_project.yml");
        String project = new SampleProject().pipeline() + fetch(Site.uri("never"));
        fails("dbt", project + "dbtSlimBuild(dbt: '/no/such/dbt')\n", "dbt was not found");
        fails("venv", project + "dbtSlimBuild(venv: '/no/such/venv')\n", "/no/such/venv");
        fails(
                "credentials",
                project + build(", host: 'localhost', credentialsId: 'no-such-id'"),
                "\"no-such-id\" and of the kind");
        fails("host", project + build(", credentialsId: 'no-such-id'"), "host");
        fails("option", project + build(", onError: 'shrug'"), "onError is success, unstable, notBuilt or failure");
        fails("tag", project + build(", ciTag: 'a;b'"), "tag");
    }

    private void fails(String name, String script, String sentence) throws InterruptedException {
        Build build = node(name, script).run();
        build.assertResult("FAILURE").assertConsole("ERROR: ", sentence).assertNoStackTrace();
    }
}
