package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the Snippet Generator offers for each of our steps runs in a Pipeline as it stands: the shortest call, which is what
 * the page gives when only what must be given is filled in, and the fullest, with every option that the step has. Which
 * class stands for a step is what the page's own list says: builders for freestyle jobs have the same names.
 */
class GeneratorsIT {
    private static final List<String> STEPS = List.of(
            "dbtBlueGreenCleanup",
            "dbtBlueGreenPrepare",
            "dbtBlueGreenPromote",
            "dbtDoctor",
            "dbtDropEnvironment",
            "dbtFetchManifest",
            "dbtPublishManifest",
            "dbtSlimBuild");

    /** Prints for each step of ours its function, its class, what it wants and the call with all options, in Base64. */
    private static final String ALL = """
            import org.jenkinsci.plugins.workflow.cps.Snippetizer
            import org.kohsuke.stapler.DataBoundConstructor
            import org.kohsuke.stapler.DataBoundSetter
            def wanted = { type -> type.constructors.find { it.isAnnotationPresent(DataBoundConstructor) } }
            def make = { type -> def c = wanted(type)
              c.newInstance(c.parameters.collect { 'file:/no/such/folder/manifest.json' } as Object[]) }
            def choice = { descriptor, option, before -> def fill = descriptor.class.methods.find {
                it.name == 'doFill' + option + 'Items' && it.parameterCount == 1 }
              fill?.invoke(descriptor, [null] as Object[])?.collect { it.value }?.find { it && it != before } }
            def fill
            fill = { options, descriptor ->
              options.class.methods.findAll { it.isAnnotationPresent(DataBoundSetter) }.each { setter ->
                def option = setter.name.substring(3); def type = setter.parameterTypes[0]; def value
                if (type == Boolean.TYPE) { value = !options."is$option"() }
                else if (type == Integer || type == Integer.TYPE) { value = 7 }
                else if (type.isEnum()) { value = type.enumConstants.find { it != options."get$option"() } }
                else if (type == List) { value = ['one', 'two'] }
                else if (type == String) { value = choice(descriptor, option, options."get$option"()) ?: 'a-value' }
                else { value = fill(make(type), Jenkins.get().getDescriptorOrDie(type)) }
                setter.invoke(options, value) }
              options }
            new Snippetizer().getQuasiDescriptors(false).findAll {
              it.real.clazz.name.startsWith('io.jenkins.plugins.dbtslim.') }.each { quasi ->
              def type = quasi.real.clazz
              def all = quasi.symbol.startsWith('dbt') && type.simpleName.endsWith('Step')
                ? Snippetizer.object2Groovy(fill(make(type), quasi.real)) : ''
              println([quasi.symbol, type.name, wanted(type).parameters.collect { it.name }.join(','),
                all.bytes.encodeBase64().toString()].join(' ')) }
            null
            """;

    @RegisterExtension
    final Site site = new Site();

    /** A step as the generator's page has it. */
    private record Offered(String function, String type, String wanted, String fullest) {
        static Offered of(String line) {
            String[] words = line.split(" ", -1);
            return new Offered(
                    words[0],
                    words[1],
                    words[2],
                    new String(Base64.getDecoder().decode(words[3]), StandardCharsets.UTF_8));
        }
    }

    private List<Offered> offered() {
        return Arrays.stream(site.script(ALL).strip().split("\n", -1))
                .map(Offered::of)
                .toList();
    }

    /** What the page gives for the form in which only that is filled in which must be. */
    private String shortest(Offered step) {
        String form = "{\"stapler-class\":\"" + step.type() + "\",\"$class\":\"" + step.type() + "\""
                + (step.wanted().isEmpty() ? "" : ",\"" + step.wanted() + "\":\"file:/no/such/folder/manifest.json\"")
                + "}";
        return site.jenkins()
                .post(
                        "/pipeline-syntax/generateSnippet",
                        "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(form, StandardCharsets.UTF_8))
                .good()
                .strip();
    }

    /** One after the other, whatever becomes of the one before: a mistake of the user is one sentence then. */
    private static String eachByItself(List<String> calls) {
        return calls.stream()
                .map(call -> "catchError(buildResult: 'SUCCESS', stageResult: 'SUCCESS') {\n" + call + "\n}\n")
                .collect(Collectors.joining());
    }

    @Test
    void theListHasTheStepsAndNotTheirBuilders() {
        assertThat(offered()).extracting(Offered::function).containsExactlyElementsOf(STEPS);
        assertThat(offered()).extracting(Offered::type).allMatch(type -> type.endsWith("Step"));
    }

    @Test
    void theShortestCallsRun() throws Exception {
        List<String> calls = offered().stream().map(this::shortest).toList();
        assertThat(calls)
                .contains("dbtSlimBuild()", "dbtDoctor()", "dbtFetchManifest 'file:/no/such/folder/manifest.json'");
        Build build = site.pipeline(
                        "shortest",
                        "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                                + "withEnv([\"PATH=${env.WORKSPACE}/bin:${env.PATH}\"]) {\n" + eachByItself(calls)
                                + "}\n}\n")
                .run();
        assertRan(build);
        build.assertConsole("dbt succeeded after", "There is no manifest at file:/no/such/folder/manifest.json");
    }

    @Test
    void theFullestCallsRunInADeclarativePipeline() throws Exception {
        List<String> calls = offered().stream().map(Offered::fullest).toList();
        assertThat(calls).anyMatch(call -> call.contains("publish: ["));
        Build build = site.pipeline(
                        "fullest",
                        "pipeline { agent any\nstages { stage('all') { steps {\n" + eachByItself(calls) + "} } } }\n")
                .run();
        assertRan(build);
    }

    /** Each came to its work, and ended well or with a sentence of ours: Jenkins could make all of what was generated. */
    private static void assertRan(Build build) {
        build.assertResult("SUCCESS").assertNoStackTrace();
        assertThat(build.console())
                .contains(STEPS.stream().map(step -> "[Pipeline] " + step).toList());
    }
}
