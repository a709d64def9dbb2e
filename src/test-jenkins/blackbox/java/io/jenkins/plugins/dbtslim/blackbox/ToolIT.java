package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Named dbt tools: a folder that is there, and an environment that is made from requirements. */
class ToolIT {
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.tool.";

    @RegisterExtension
    final Site site = new Site();

    /** Sets the tools of the whole Jenkins, as an administrator does; each is a Groovy expression. */
    private void tools(String... tools) {
        String script = "def d = Jenkins.get().getDescriptorByType(" + TYPE + "DbtInstallation.DescriptorImpl)\n"
                + "d.setInstallations(*d.installations.findAll { !it.name.startsWith('" + Site.name("") + "') }"
                + Stream.of(tools).map(tool -> ", " + tool).collect(Collectors.joining()) + ")\nprintln 'set'";
        String form = "script=" + URLEncoder.encode(script, StandardCharsets.UTF_8);
        assertThat(site.jenkins()
                        .post("/scriptText", "application/x-www-form-urlencoded", form)
                        .good())
                .isEqualTo("set\n");
    }

    @AfterEach
    void removeTools() {
        tools();
    }

    private Job node(String name, String steps) {
        return site.pipeline(name, "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + steps + "}\n");
    }

    private static Path stubIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream stub = SampleProject.class.getResourceAsStream("dbt")) {
            Files.copy(stub, folder.resolve("dbt"));
        }
        assertThat(folder.resolve("dbt").toFile().setExecutable(true)).isTrue();
        return folder;
    }

    @Test
    void aToolIsAFolderWithDbtInIt(@TempDir Path home) throws Exception {
        Path folder = stubIn(home.resolve("dbt für alle"));
        String name = Site.name("folder");
        tools("new " + TYPE + "DbtInstallation('" + name + "', '" + folder + "', [])");
        node(
                        "tool",
                        "dbtSlimBuild(tool: '" + name + "')\nwithEnv([\"PATH+DBT=${tool(name: '" + name
                                + "', type: 'dbt')}\"]) { sh 'dbt ls' }\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("stub: done with 8 results", "model.shop.revenue");
    }

    @Test
    void mistakesCostOneSentence() throws Exception {
        node("tool-unknown", "dbtSlimBuild(tool: 'nightly')\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("There is no dbt tool \"nightly\" in the global tool configuration; there is: ")
                .assertNoStackTrace();
        node("tool-and-venv", "dbtSlimBuild(tool: 'a', venv: '.venv')\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("Name only one of the tool, the executable and the virtual environment.")
                .assertNoStackTrace();
        node("further", "dbtSlimBuild(" + SampleProject.stub() + ", extraArgs: ['--select=all'])\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("The further arguments of dbt hold --select: use the option select (of the command:")
                .assertNoStackTrace();
        node("tag", "dbtSlimBuild(" + SampleProject.stub() + ", ciTag: 'public')\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("\"public\" cannot be a CI tag")
                .assertNoStackTrace();
    }

    /** The directive {@code tools}, as its generator writes it, puts the tool on the PATH, where the step finds it unnamed. */
    @Test
    void declarativePipelineTakesItAsATool(@TempDir Path home) throws Exception {
        String name = Site.name("directive");
        tools("new " + TYPE + "DbtInstallation('" + name + "', '" + stubIn(home) + "', [])");
        String form = "{\"stapler-class\":\"org.jenkinsci.plugins.pipeline.modeldefinition.generator.ToolsDirective\","
                + "\"tools\":[{\"symbolAndName\":\"dbt::::" + name + "\"}]}";
        String directive = site.jenkins()
                .post(
                        "/directive-generator/generateDirective",
                        "application/x-www-form-urlencoded",
                        "json=" + URLEncoder.encode(form, StandardCharsets.UTF_8))
                .good();
        assertThat(directive).contains("dbt '" + name + "'");
        site.pipeline(
                        "tool-directive",
                        "pipeline { agent any\n" + directive + "stages { stage('Build') { steps {\n"
                                + new SampleProject().pipeline() + site.fetchNothing() + "dbtSlimBuild()\n} } } }\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("stub: done with 8 results");
    }

    /** Needs a Python with venv and a package index on the agent: {@code -Djenkins.pip=true}. */
    @Test
    void aToolIsMadeFromRequirementsOnce() throws Exception {
        assumeTrue(Boolean.getBoolean("jenkins.pip"), "say that the agent has a package index: -Djenkins.pip=true");
        String name = Site.name("made");
        tools(made(name, "dbt-core~=1.11.0\\ndbt-duckdb~=1.10.0"), made(name + "-bad", "no-such-package-as-this"));
        String build = "dbtSlimBuild(tool: '" + name + "', profilesDir: '.')\n";
        Job job = node("made", build + build);
        Build first = job.start().await(Duration.ofMinutes(15)).assertResult("SUCCESS");
        assertThat(first.console()).containsOnlyOnce("Making the Python environment of the dbt tool");
        assertThat(job.run().assertResult("SUCCESS").console()).doesNotContain("Making the Python environment");
        node("made-bad", "dbtSlimBuild(tool: '" + name + "-bad')\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("pip could not install the requirements", "No matching distribution found")
                .assertNoStackTrace();
    }

    private static String made(String name, String requirements) {
        return "new " + TYPE + "DbtInstallation('" + name + "', '', [new hudson.tools.InstallSourceProperty([new "
                + TYPE + "RequirementsInstaller('', \"" + requirements + "\")])])";
    }
}
