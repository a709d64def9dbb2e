package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin is there, and the pages that it adds answer. */
class PluginIT {
    private static final String NAME = "dbt-slim-deployments";
    private static final String PACKAGE = "io.jenkins.plugins.dbtslim.jenkins.step.";
    private static final Pattern HELP = Pattern.compile("\"(?:/[^\"]*)?(/descriptor/[^\"]*/help[^\"]*)\"");

    @RegisterExtension
    final Site site = new Site();

    /** A step as the snippet generator knows it. */
    record StepType(String function, String type) {
        @Override
        public String toString() {
            return function;
        }
    }

    static Stream<StepType> steps() {
        return Stream.of(
                new StepType("dbtFetchManifest", "fetch.Fetch"),
                new StepType("dbtSlimBuild", "slimbuild.SlimBuild"),
                new StepType("dbtPublishManifest", "publish.Publish"));
    }

    @Test
    void isActive() {
        JsonNode plugins = site.jenkins()
                .json("/pluginManager/api/json?tree=plugins%5BshortName,active,enabled%5D")
                .get("plugins");
        List<JsonNode> ours = StreamSupport.stream(plugins.spliterator(), false)
                .filter(plugin -> NAME.equals(plugin.path("shortName").asText()))
                .toList();
        assertThat(ours).hasSize(1);
        assertThat(ours.get(0).get("active").asBoolean()).isTrue();
        assertThat(ours.get(0).get("enabled").asBoolean()).isTrue();
    }

    @Test
    void noPluginFailedToLoad() {
        assertThat(site.jenkins().get("/manage/").good())
                .doesNotContain("Some plugins could not be loaded", "There are dependency errors");
        assertThat(site.jenkins().get("/pluginManager/installed").good()).doesNotContain("failed to load");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void stepIsInTheSnippetGenerator(StepType step) {
        assertThat(site.jenkins().get("/pipeline-syntax/").good()).contains(step.function() + ": ");
        assertThat(site.jenkins().get("/pipeline-syntax/html").good()).contains("<code>" + step.function() + "</code>");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyFieldOfTheStepHasHelp(StepType step) {
        List<String> fields = fields(site.jenkins().get("/pipeline-syntax/html").good(), step.function());
        assertThat(fields).contains("credentialsId").hasSizeGreaterThan(7);
        for (String field : fields) {
            String path = help(step.type(), field);
            boolean nests =
                    fields.contains("publish") && site.jenkins().get(path).status() == 404;
            String nested = nests ? help("publish.Publish", field) : path;
            assertThat(site.jenkins().get(nested).good()).as(path).contains("<div");
        }
    }

    private static String help(String type, String field) {
        return "/descriptor/" + PACKAGE + type + "Step/help/" + field;
    }

    /** The reference of all steps has a heading for each step, and one for each of its arguments. */
    private static List<String> fields(String reference, String step) {
        int start = reference.indexOf("<dt class=\"show-minimize\"><code>" + step + "</code>");
        assertThat(start).as(step).isPositive();
        int end = reference.indexOf("show-minimize", start + 20);
        return Pattern.compile("class=\"help-title\"><code>([A-Za-z]+)</code>")
                .matcher(reference.substring(start, end < 0 ? reference.length() : end))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals("options"))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fetch.FetchStep|{'from':'s3://b/m.json'}|dbtFetchManifest 's3://b/m.json'",
                "fetch.FetchStep|{'from':'s3://b/m.json','to':'.dbt-state/manifest.json','ifMissing':'fail','credentialsId':'','region':'',"
                        + "'endpoint':'','pathStyle':false,'maxAge':'','failIfOld':false,'roleArn':'','externalId':'','roleSessionName':''}"
                        + "|dbtFetchManifest 's3://b/m.json'",
                "fetch.FetchStep|{'from':'s3://b/m.json','ifMissing':'fullBuild','maxAge':'7d'}"
                        + "|dbtFetchManifest from: 's3://b/m.json', ifMissing: 'fullBuild', maxAge: '7d'",
                "publish.PublishStep|{'to':'s3://b/m.json','history':true}|dbtPublishManifest history: true, to: 's3://b/m.json'",
                "slimbuild.SlimBuildStep|{}|dbtSlimBuild()",
                "slimbuild.SlimBuildStep|{'target':'qa','operations':'a\\nb'}|dbtSlimBuild operations: ['a', 'b'], target: 'qa'"
            })
    void snippetHasOnlyWhatDiffersFromTheDefault(String step, String form, String snippet) {
        String json = "{\"stapler-class\":\"" + PACKAGE + step + "\",\"$class\":\"" + PACKAGE + step + "\","
                + form.substring(1).replace('\'', '"');
        String answer = site.jenkins()
                .post(
                        "/pipeline-syntax/generateSnippet",
                        "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(json.replace(",}", "}"), StandardCharsets.UTF_8))
                .good();
        assertThat(answer.strip()).isEqualTo(snippet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"css/dbt-slim.css", "js/dbt-slim.js"})
    void filesOfThePagesAreServed(String file) {
        assertThat(site.jenkins().get("/plugin/" + NAME + "/" + file).good()).isNotEmpty();
    }

    @Test
    void globalConfigurationHasItsSection() {
        String page = site.jenkins().get("/manage/configure").good();
        assertThat(page).contains("dbt Slim Deployments").contains("_.allowedEndpoints");
        Matcher help = HELP.matcher(page.substring(page.indexOf("dbt Slim Deployments")));
        int found = 0;
        while (help.find()) {
            if (help.group(1).contains("DbtSlimConfiguration")) {
                found++;
                assertThat(site.jenkins().get(help.group(1)).status())
                        .as(help.group(1))
                        .isEqualTo(200);
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void freestyleFormHasTheBuildStepsWithTheirFields() throws Exception {
        Job job = site.freestyle(
                "form",
                "<" + PACKAGE + "fetch.FetchStep_-FreestyleBuilder><options class=\"" + PACKAGE
                        + "fetch.FetchStep\"><from>s3://b/m.json</from><to>x.json</to></options></" + PACKAGE
                        + "fetch.FetchStep_-FreestyleBuilder>");
        assertThat(site.jenkins().get(job.path() + "/configure").good())
                .contains("dbt: Fetch production", "s3://b/m.json", "_.endpoint", "_.ifMissing");
    }
}
