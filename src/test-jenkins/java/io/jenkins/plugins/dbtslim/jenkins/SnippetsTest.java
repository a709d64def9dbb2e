package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Snippet Generator writes makes the very step that its form shows, with no more words than needed. */
@WithJenkins
class SnippetsTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void snippetsMakeTheStepAgain() throws Exception {
        for (StepDescriptor descriptor : Filled.ours(StepDescriptor.all())) {
            assertMakesAgain(Filled.minimal(descriptor.clazz), descriptor);
            assertMakesAgain(Filled.fill(Filled.minimal(descriptor.clazz), descriptor), descriptor);
        }
    }

    private static void assertMakesAgain(Step step, StepDescriptor descriptor) throws Exception {
        String snippet = Snippetizer.object2Groovy(step);
        assertThat(snippet).startsWith(descriptor.getFunctionName());
        jenkins.assertEqualDataBoundBeans(step, evaluate(snippet, descriptor));
    }

    /** Makes the step that a Pipeline would run, instead of running it. */
    private static Step evaluate(String snippet, StepDescriptor descriptor) {
        Binding binding = new Binding();
        binding.setVariable(descriptor.getFunctionName(), new MakesStep(descriptor));
        return (Step) new GroovyShell(binding).evaluate(snippet);
    }

    /** Stands for a step's function. */
    private static final class MakesStep extends Closure<Step> {
        private static final long serialVersionUID = 1L;
        private final transient StepDescriptor descriptor;

        MakesStep(StepDescriptor descriptor) {
            super(SnippetsTest.class);
            this.descriptor = descriptor;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Step call(Object... arguments) {
            DescribableModel<? extends Step> model = DescribableModel.of(descriptor.clazz);
            try {
                if (arguments.length == 0) {
                    return model.instantiate(Map.of(), null);
                }
                Object only = arguments[0];
                return model.instantiate(
                        only instanceof Map
                                ? (Map<String, Object>) only
                                : Map.of(model.getSoleRequiredParameter().getName(), only),
                        null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void theShortestCallIsShort() throws Exception {
        assertThat(generate("fetch.FetchStep", "'from':'s3://b/m.json'")).isEqualTo("dbtFetchManifest 's3://b/m.json'");
        assertThat(generate("publish.PublishStep", "'to':'s3://b/m.json'"))
                .isEqualTo("dbtPublishManifest 's3://b/m.json'");
        assertThat(generate("slimbuild.SlimBuildStep", "'credentialsId':'mz'"))
                .isEqualTo("dbtSlimBuild credentialsId: 'mz'");
    }

    /** What the web page of the Snippet Generator does. */
    private static String generate(String type, String fields) throws Exception {
        String name = "io.jenkins.plugins.dbtslim.jenkins.step." + type;
        String json = ("{'stapler-class':'" + name + "','$class':'" + name + "'," + fields + "}").replace('\'', '"');
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
        request.setRequestParameters(List.of(
                new NameValuePair("json", json),
                new NameValuePair(
                        jenkins.jenkins.getCrumbIssuer().getCrumbRequestField(),
                        jenkins.jenkins.getCrumbIssuer().getCrumb())));
        return jenkins.createWebClient()
                .getPage(request)
                .getWebResponse()
                .getContentAsString()
                .trim();
    }
}
