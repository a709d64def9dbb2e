package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.Verdict;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.junit.jupiter.WithLocalData;

/**
 * What older versions stored is read: jobs, builds with their reports, and the global configuration. The files lie as they
 * were written; add a job or a build when a format changes, and leave these alone.
 */
@WithJenkins
class UpgradeTest {
    /** Full builds of the sample project, each by a version whose report or action was another one. */
    private static final List<String> BUILT_BY_EARLIER_VERSIONS =
            List.of("first-durable-step", "first-lineage", "first-modes", "first-since");

    private JenkinsRule jenkins;

    @Test
    @WithLocalData
    void olderFormatsAreRead(JenkinsRule rule) throws Exception {
        jenkins = rule;
        DbtSlimConfiguration configuration = DbtSlimConfiguration.get();
        assertThat(configuration.getHost()).isEqualTo("mz.example.com");
        assertThat(configuration.getAllowedEndpoints()).isEqualTo("https://s3.example.com");
        assertThat(configuration.isDefaultAwsCredentialsAllowed()).isTrue();
        assertOptions("options-with-class");
        assertOptions("options-by-type");
        assertDefaults(job("written-by-hand"));
        assertBuild(job("options-by-type").getBuildByNumber(1));
        for (String name : BUILT_BY_EARLIER_VERSIONS) {
            assertEverythingBuilt(job(name).getBuildByNumber(1));
        }
    }

    private FreeStyleProject job(String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class);
    }

    private void assertOptions(String name) throws Exception {
        FreeStyleProject job = job(name);
        FetchStep fetch = new FetchStep("s3://bucket/manifest.json");
        fetch.setCredentialsId("s3");
        fetch.setRegion("eu-west-1");
        fetch.setPathStyle(true);
        fetch.setIfMissing(IfMissing.fullBuild);
        assertSame(
                fetch,
                job.getBuildersList().get(FetchStep.FreestyleBuilder.class).getOptions());
        SlimBuildStep build = new SlimBuildStep();
        build.setProjectDir("shop");
        build.setSelect("state:modified");
        build.setFavorState(true);
        build.setOperations(List.of("drop_environment"));
        build.setCiTag("pr_7");
        build.setHost("mz.example.com");
        build.setCredentialsId("mz");
        build.setThreads(4);
        build.setOnError(Verdict.unstable);
        assertSame(
                build,
                job.getBuildersList().get(SlimBuildStep.FreestyleBuilder.class).getOptions());
        PublishStep publish = new PublishStep("s3://bucket/manifest.json");
        publish.setHistory(true);
        assertSame(
                publish,
                job.getBuildersList().get(PublishStep.FreestyleBuilder.class).getOptions());
    }

    private void assertDefaults(FreeStyleProject job) throws Exception {
        FetchStep fetch = new FetchStep("s3://bucket/manifest.json");
        assertSame(
                fetch,
                job.getBuildersList().get(FetchStep.FreestyleBuilder.class).getOptions());
        assertSame(
                new SlimBuildStep(),
                job.getBuildersList().get(SlimBuildStep.FreestyleBuilder.class).getOptions());
        PublishStep publish = new PublishStep("s3://bucket/manifest.json");
        assertSame(
                publish,
                job.getBuildersList().get(PublishStep.FreestyleBuilder.class).getOptions());
    }

    /** The same options, and the same again after the job has been saved. */
    private void assertSame(Object expected, Object actual) throws Exception {
        jenkins.assertEqualDataBoundBeans(expected, actual);
        assertThat(jenkins.jenkins.XSTREAM2.toXML(actual)).isEqualTo(jenkins.jenkins.XSTREAM2.toXML(expected));
    }

    private void assertBuild(FreeStyleBuild build) throws Exception {
        SlimAction action = build.getAction(SlimAction.class);
        assertThat(action.getRun()).isSameAs(build);
        assertThat(action.getState()).isEqualTo(RunStatus.SUCCESS);
        assertThat(action.manifest()).isEqualTo("/srv/workspace@tmp/dbt-slim/1/dbt-slim/kept/manifest.json");
        assertThat(action.getNumbers().counts().modified()).isEqualTo(1);
        assertThat(action.getNumbers().counts().testsPassed()).isEqualTo(2);
        assertThat(FetchedState.ofPath(build, ".dbt-state/manifest.json").uri())
                .isEqualTo("file:/srv/production/manifest.json");
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        // A Jenkins that has just started compiles every part of its first page.
        client.getOptions().setTimeout(300_000);
        assertThat(client.goTo(build.getUrl()).getWebResponse().getContentAsString())
                .contains("dbt-slim/");
        assertThat(client.goTo(build.getUrl() + "dbt-slim/").getWebResponse().getContentAsString())
                .contains("customers", "revenue");
        assertThat(client.goTo(build.getUrl() + "dbt-slim/node?id=model.shop.customers")
                        .getWebResponse()
                        .getContentAsString())
                .contains("&#39;Ada&#39;");
    }

    private void assertEverythingBuilt(FreeStyleBuild build) throws Exception {
        SlimAction action = build.getAction(SlimAction.class);
        String name = build.getFullDisplayName();
        assertThat(action.getState()).as(name).isEqualTo(RunStatus.SUCCESS);
        assertThat(action.manifest()).as(name).endsWith("/dbt-slim/1/dbt-slim/kept/manifest.json");
        assertThat(action.getNumbers().counts().selected()).as(name).isEqualTo(8);
        assertThat(action.getNumbers().counts().testsPassed()).as(name).isEqualTo(4);
        FetchedState.Entry fetched = FetchedState.ofPath(build, ".dbt-state/manifest.json");
        assertThat(fetched.uri()).as(name).isEqualTo("file:/srv/production/manifest.json");
        assertThat(fetched.isFullBuild()).as(name).isTrue();
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        client.getOptions().setTimeout(300_000);
        for (String page :
                List.of("dbt-slim/", "dbt-slim/node?id=model.shop.customers", "dbt-slim/download/report.html")) {
            assertThat(client.goTo(build.getUrl() + page).getWebResponse().getContentAsString())
                    .as(name + page)
                    .contains("customers");
        }
        assertThat(client.goTo(build.getUrl() + "dbt-slim/api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .as(name)
                .contains("\"selected\":8");
    }
}
