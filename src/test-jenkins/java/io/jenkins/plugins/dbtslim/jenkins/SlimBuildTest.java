package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.Functions;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import hudson.tasks.Shell;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Fetch, slim build and publish on a real agent: Pipeline (both kinds) and freestyle, good and bad ends. */
@WithJenkins
class SlimBuildTest {
    private static final String PASSWORD = "sw0rdfish/of+the \"deep'sea\" & more";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static JenkinsRule jenkins;
    private static Slave agent;

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        assumeFalse(Functions.isWindows(), "the stand-in for dbt is a script of a Unix shell");
        jenkins = rule;
        agent = rule.createOnlineSlave();
        CredentialsProvider.lookupStores(rule.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "mz", "", "alice", PASSWORD));
    }

    @BeforeEach
    void write() throws Exception {
        project = SampleProject.in(folder);
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline" + NUMBER.incrementAndGet());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(Result expected, String steps) throws Exception {
        String script = "node('" + agent.getNodeName() + "') {\n" + steps + "}\n";
        return jenkins.buildAndAssertStatus(expected, pipeline(script));
    }

    private static String build(String options) {
        return "dbtSlimBuild(" + SampleProject.dbt() + options + ")\n";
    }

    private String publish() {
        return "dbtPublishManifest('file:" + project.manifest() + "')\n";
    }

    @Test
    void scriptedPipelineBuildsWhatChanged() throws Exception {
        WorkflowRun first = run(Result.SUCCESS, project.pipeline(false) + build("") + publish());
        assertThat(project.manifest()).exists();
        assertThat(first.getActions(SlimAction.class)).hasSize(1);
        WorkflowRun second = run(
                Result.SUCCESS,
                project.pipeline(true) + "def r = " + build("")
                        + "echo \"${r.status} ${r.counts.modified} ${r.selected} ${r.url}\"\n");
        jenkins.assertLogContains("success 1 [model.shop.customers, model.shop.revenue, ", second);
        jenkins.assertLogContains(jenkins.getURL() + second.getUrl() + "dbt-slim/", second);
        SlimAction action = second.getAction(SlimAction.class);
        assertThat(action.getState()).isEqualTo(RunStatus.SUCCESS);
        assertThat(action.getNumbers().counts().modified()).isEqualTo(1);
        assertThat(page(second, "dbt-slim/")).contains("customers", "revenue");
        assertThat(page(second, "")).contains("dbt-slim/");
        WorkflowRun third = run(
                Result.SUCCESS,
                project.pipeline(false) + "def r = " + build("") + "echo \"${r.status} ${r.selected}\"\n");
        jenkins.assertLogContains("nothing_to_do []", third);
    }

    @Test
    void declarativePipelineDoesTheSame() throws Exception {
        WorkflowJob job = pipeline("pipeline {\nagent { label '" + agent.getNodeName() + "' }\nstages {\n"
                + "stage('Fetch') { steps {\n" + project.pipeline(false) + "} }\n"
                + "stage('Build') { steps {\n" + build(", id: 'nightly'") + "} }\n"
                + "stage('Publish') { steps {\n" + publish() + "} }\n} }");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        assertThat(run.getAction(SlimAction.class).getUrlName()).isEqualTo("nightly");
        assertThat(page(run, "nightly/")).contains("revenue");
        assertThat(project.manifest()).exists();
    }

    private FreeStyleProject freestyle(String dbt, SlimBuildStep options) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("freestyle" + NUMBER.incrementAndGet());
        job.setAssignedNode(agent);
        FetchStep fetch = new FetchStep("file:" + project.manifest());
        fetch.setIfMissing(IfMissing.fullBuild);
        options.setDbt("bin/run");
        job.getBuildersList()
                .add(new Shell(project.checkOut(false) + "\nprintf '#!/bin/sh\\n" + dbt
                        + " exec \"$(dirname \"$0\")/dbt\" \"$@\"\\n' > bin/run; chmod +x bin/run"));
        job.getBuildersList().add(new FetchStep.FreestyleBuilder(fetch));
        job.getBuildersList().add(new SlimBuildStep.FreestyleBuilder(options));
        job.getBuildersList().add(new PublishStep.FreestyleBuilder(new PublishStep("file:" + project.manifest())));
        return job;
    }

    @Test
    void freestyleDoesTheSameAndMasks() throws Exception {
        SlimBuildStep options = new SlimBuildStep();
        options.setHost("localhost");
        options.setCredentialsId("mz");
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(freestyle("STUB_SECRETS=1", options));
        assertThat(project.manifest()).exists();
        assertThat(page(run, "dbt-slim/")).contains("revenue");
        jenkins.assertLogContains("the password is set: True of alice", run);
        assertHidden(JenkinsRule.getLog(run));
        assertNoFileHolds(run.getRootDir().toPath(), "sw0rdfish");
    }

    @Test
    void pipelineMasksEveryForm() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                project.pipeline(false) + "withEnv(['STUB_SECRETS=1']) { "
                        + build(", host: 'localhost', credentialsId: 'mz'") + "}\n");
        jenkins.assertLogContains("the password is set: True of alice", run);
        jenkins.assertLogContains("secret>", run);
        assertHidden(JenkinsRule.getLog(run));
        assertHidden(page(run, "dbt-slim/"));
        assertNoFileHolds(run.getRootDir().toPath(), "sw0rdfish");
        assertNoFileHolds(Path.of(agent.getRemoteFS()), "sw0rdfish");
    }

    private static void assertHidden(String text) {
        String url = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContain("sw0rdfish")
                .doesNotContain(url)
                .doesNotContain(url.replace("+", "%20"))
                .doesNotContain(base64(PASSWORD).replaceFirst("=+$", ""))
                .doesNotContain(base64("x" + PASSWORD).substring(4, 40));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNoFileHolds(Path root, String secret) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void failuresMakeTheResultThatTheOptionsSay() throws Exception {
        String environment = project.pipeline(false) + "withEnv(['STUB_FAIL=customers']) { ";
        WorkflowRun failed = run(Result.FAILURE, environment + build("") + "}\n");
        jenkins.assertLogContains("failed: model.shop.customers", failed);
        jenkins.assertLogNotContains("\tat ", failed);
        assertThat(failed.getAction(SlimAction.class).getState()).isEqualTo(RunStatus.FAILURE);
        assertThat(page(failed, "dbt-slim/")).contains("&lt;b&gt;x&lt;/b&gt;").doesNotContain("<b>x</b>");
        run(Result.UNSTABLE, environment + build(", onError: 'unstable'") + "}\n");
        run(Result.SUCCESS, environment + build(", reportOnly: true") + "}\n");
    }

    @Test
    void twoSlimBuildsInOneBuildAreTwo() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                project.pipeline(false) + "parallel a: {\n" + build(", id: 'a'") + "}, b: { dir('b') {\n"
                        + project.pipeline(false) + "dbtSlimBuild(dbt: \"${env.WORKSPACE}/bin/dbt\", id: 'a')\n"
                        + "} }\n");
        assertThat(run.getActions(SlimAction.class))
                .extracting(SlimAction::getUrlName)
                .containsExactlyInAnyOrder("a", "a-2");
        assertThat(page(run, "a/")).contains("revenue");
        assertThat(page(run, "a-2/")).contains("revenue");
    }

    @Test
    void aSecondBuildOfTheSameEnvironmentFailsAtOnceAndNamesTheFirst() throws Exception {
        String tagged = project.pipeline(false) + "withEnv(['STUB_SLEEP=60']) { " + build(", ciTag: 'pr_7'") + "}\n";
        WorkflowRun first = pipeline("node('" + agent.getNodeName() + "') {\n" + tagged + "}\n")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("stub: second 1", first);
        jenkins.jenkins.setNumExecutors(2);
        WorkflowRun second =
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline("node('built-in') {\n" + tagged + "}\n"));
        jenkins.assertLogContains(
                "ERROR: " + first.getFullDisplayName() + " is running in the same environment", second);
        first.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
    }

    @Test
    void abortedPipelineHasResultsAndReport() throws Exception {
        WorkflowRun run = pipeline("node('" + agent.getNodeName() + "') {\n" + project.pipeline(false)
                        + "withEnv(['STUB_SLEEP=100']) { " + build("") + "}\n}\n")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("stub: second 2", run);
        assertThat(run.getAction(SlimAction.class).getState()).isEqualTo(RunStatus.RUNNING);
        run.doStop();
        assertAborted(jenkins.waitForCompletion(run));
    }

    @Test
    void abortedFreestyleBuildHasResultsAndReport() throws Exception {
        FreeStyleBuild run = freestyle("STUB_SLEEP=100", new SlimBuildStep())
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("stub: second 2", run);
        run.doStop();
        assertAborted(jenkins.waitForCompletion(run));
    }

    private static void assertAborted(Run<?, ?> run) throws Exception {
        jenkins.assertBuildStatus(Result.ABORTED, run);
        jenkins.assertLogContains("stub: interrupted, writing results", run);
        SlimAction action = run.getAction(SlimAction.class);
        assertThat(action.getState()).isEqualTo(RunStatus.ABORTED);
        assertThat(action.getNumbers()).isNotNull();
        assertThat(page(run, "dbt-slim/")).contains("customers");
    }

    @Test
    void deletingABuildLeavesNothing() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, project.pipeline(false) + build(""));
        Path root = run.getRootDir().toPath();
        assertThat(root.resolve("dbt-slim/dbt-slim.zip")).exists();
        assertThat(Files.size(root.resolve("build.xml"))).isLessThan(20_000);
        Path job = run.getParent().getRootDir().toPath();
        run.delete();
        assertThat(root).doesNotExist();
        try (Stream<Path> files = Files.walk(job)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsOnly("config.xml", "nextBuildNumber", "permalinks");
        }
    }

    @Test
    void userErrorsCostOneSentence() throws Exception {
        String fetched = project.pipeline(false);
        for (List<String> row : List.of(
                List.of("dbtSlimBuild(projectDir: 'nowhere')", "dbt_project.yml"),
                List.of("dbtSlimBuild(dbt: '/no/such/dbt')", "dbt was not found"),
                List.of("dbtSlimBuild(host: 'localhost', credentialsId: 'no-such-id')", "\"no-such-id\""),
                List.of("dbtFetchManifest('ftp://x/manifest.json')", "ftp"))) {
            WorkflowRun run = run(Result.FAILURE, fetched + row.get(0) + "\n");
            assertThat(JenkinsRule.getLog(run)).contains("ERROR: ", row.get(1)).doesNotContain("\tat ");
        }
    }

    private static String page(Run<?, ?> run, String path) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo(run.getUrl() + path)
                .getWebResponse()
                .getContentAsString();
    }
}
