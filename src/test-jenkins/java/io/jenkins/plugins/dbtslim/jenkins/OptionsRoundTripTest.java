package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.dbtslim.jenkins.build.BuildBuilder;
import io.jenkins.plugins.dbtslim.jenkins.build.BuildStep;
import io.jenkins.plugins.dbtslim.jenkins.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.publish.PublishStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a form shows is what is saved, in the Pipeline steps and in freestyle jobs. */
@WithJenkins
class OptionsRoundTripTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void stepsKeepTheirOptions() throws Exception {
        StepConfigTester tester = new StepConfigTester(jenkins);
        FetchStep fetch = new FetchStep("s3://bucket/manifest.json");
        fetch.setIfMissing("fullBuild");
        fetch.setMaxAge("36h");
        jenkins.assertEqualDataBoundBeans(fetch, tester.configRoundTrip(fetch));
        BuildStep build = new BuildStep();
        build.setOperations(List.of("drop_environment", "create_environment"));
        build.setThreads(4);
        build.setDefer(false);
        jenkins.assertEqualDataBoundBeans(build, tester.configRoundTrip(build));
        PublishStep publish = new PublishStep("s3://bucket/manifest.json");
        publish.setOnConflict("overwrite");
        jenkins.assertEqualDataBoundBeans(publish, tester.configRoundTrip(publish));
    }

    @Test
    void theFreestyleBuilderKeepsItsOptions() throws Exception {
        BuildStep options = new BuildStep();
        options.setSelect("state:new");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new BuildBuilder(options));
        jenkins.configRoundtrip(project);
        jenkins.assertEqualDataBoundBeans(
                options, project.getBuildersList().get(BuildBuilder.class).getOptions());
    }
}
