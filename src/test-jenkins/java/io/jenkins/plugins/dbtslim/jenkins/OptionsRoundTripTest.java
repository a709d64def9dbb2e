package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a form shows is what is saved: for every option of every step, of its freestyle builder, and of the global configuration. */
@WithJenkins
class OptionsRoundTripTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static List<StepDescriptor> steps() {
        List<StepDescriptor> steps = Filled.ours(StepDescriptor.all());
        assertThat(steps)
                .extracting(StepDescriptor::getFunctionName)
                .contains("dbtFetchManifest", "dbtSlimBuild", "dbtPublishManifest");
        return steps;
    }

    /** One form with all of them: a browser needs seconds to read such a page. */
    @Test
    void stepsAndBuildersKeepTheirOptions() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        List<Step> options = new ArrayList<>();
        for (StepDescriptor descriptor : steps()) {
            options.add(Filled.minimal(descriptor.clazz));
            options.add(Filled.fill(Filled.minimal(descriptor.clazz), descriptor));
        }
        options.forEach(step -> project.getBuildersList().add(new StepConfigTester.StepBuilder(step)));
        for (Descriptor<Builder> descriptor : builders()) {
            Constructor<?> constructor = descriptor.clazz.getConstructors()[0];
            Class<?> type = constructor.getParameterTypes()[0];
            Step step = (Step)
                    Filled.fill(Filled.minimal(type), jenkins.jenkins.getDescriptorOrDie(type.asSubclass(Step.class)));
            options.add(step);
            project.getBuildersList().add((Builder) constructor.newInstance(step));
        }
        jenkins.configRoundtrip(project);
        List<Builder> after = project.getBuilders();
        assertThat(after).hasSize(options.size());
        for (int i = 0; i < options.size(); i++) {
            jenkins.assertEqualDataBoundBeans(options.get(i), optionsOf(after.get(i)));
        }
    }

    private static List<Descriptor<Builder>> builders() {
        List<Descriptor<Builder>> builders = Filled.ours(jenkins.jenkins.getDescriptorList(Builder.class));
        assertThat(builders).hasSize(steps().size()).allSatisfy(descriptor -> assertThat(
                        ((BuildStepDescriptor<?>) descriptor).isApplicable(FreeStyleProject.class))
                .isTrue());
        return builders;
    }

    private static Object optionsOf(Builder builder) throws ReflectiveOperationException {
        return builder instanceof StepConfigTester.StepBuilder of
                ? of.s
                : builder.getClass().getMethod("getOptions").invoke(builder);
    }

    @Test
    void theGlobalConfigurationKeepsItsOptions() throws Exception {
        DbtSlimConfiguration configuration = DbtSlimConfiguration.get();
        Filled.fill(configuration, configuration);
        String before = jenkins.jenkins.XSTREAM2.toXML(configuration);
        jenkins.configRoundtrip();
        assertThat(jenkins.jenkins.XSTREAM2.toXML(DbtSlimConfiguration.get())).isEqualTo(before);
        configuration.load();
        assertThat(jenkins.jenkins.XSTREAM2.toXML(configuration))
                .as("as it is stored")
                .isEqualTo(before);
    }
}
