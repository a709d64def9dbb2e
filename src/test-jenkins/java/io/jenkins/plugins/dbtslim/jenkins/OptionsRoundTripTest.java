package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import java.lang.reflect.Constructor;
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
                .contains("dbtFetchManifest", "dbtSlimBuild", "dbtPublishManifest", "dbtDropEnvironment", "dbtDoctor");
        return steps;
    }

    /** A form with all that a step has: with nothing set, with everything set, and as a freestyle builder. */
    @Test
    void stepsAndBuildersKeepTheirOptions() throws Exception {
        assertThat(builders()).hasSize(steps().size());
        for (StepDescriptor descriptor : steps()) {
            Step minimal = Filled.minimal(descriptor.clazz);
            Step filled = Filled.fill(Filled.minimal(descriptor.clazz), descriptor);
            FreeStyleProject project = jenkins.createFreeStyleProject();
            project.getBuildersList().add(new StepConfigTester.StepBuilder(minimal));
            project.getBuildersList().add(new StepConfigTester.StepBuilder(filled));
            project.getBuildersList().add(builder(filled));
            jenkins.configRoundtrip(project);
            List<Builder> after = project.getBuilders();
            assertThat(after).hasSize(3);
            jenkins.assertEqualDataBoundBeans(minimal, optionsOf(after.get(0)));
            jenkins.assertEqualDataBoundBeans(filled, optionsOf(after.get(1)));
            jenkins.assertEqualDataBoundBeans(filled, optionsOf(after.get(2)));
        }
    }

    /** The builder that nests the step. */
    private static Builder builder(Step options) throws ReflectiveOperationException {
        for (Descriptor<Builder> descriptor : builders()) {
            Constructor<?> constructor = descriptor.clazz.getConstructors()[0];
            if (constructor.getParameterTypes()[0] == options.getClass()) {
                return (Builder) constructor.newInstance(options);
            }
        }
        throw new AssertionError("no builder for " + options.getClass());
    }

    private static List<Descriptor<Builder>> builders() {
        List<Descriptor<Builder>> builders = Filled.ours(jenkins.jenkins.getDescriptorList(Builder.class));
        assertThat(builders).allSatisfy(descriptor -> assertThat(
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
