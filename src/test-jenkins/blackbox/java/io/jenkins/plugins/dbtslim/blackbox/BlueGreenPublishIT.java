package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.standin.Standin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A deployment publishes its manifest when it is in production, once, and only if nobody deployed meanwhile. */
class BlueGreenPublishIT {
    @RegisterExtension
    final Site site = new Site();

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private Production production;

    @BeforeEach
    void buildProduction() throws Exception {
        production = new Production(site, materialize, folder);
    }

    private String publish() {
        return ", publish: [to: '" + production.uri() + "']";
    }

    private String overwrite() {
        return ", publish: [to: '" + production.uri() + "', onConflict: 'overwrite']";
    }

    /** Prepare says where; nothing was fetched, so it looks there when the deployment begins. */
    @Test
    void whatPrepareWasToldHoldsForPromoteOfTheSameBuild() throws Exception {
        String uri = Site.uri("deployed");
        String s3 = site.s3Options(site.s3Credentials());
        Build build = production
                .pipeline(
                        "same-build",
                        production.prepare(", publish: [to: '" + uri + "'" + s3 + ", history: true]")
                                + "def q = dbtBlueGreenPromote(" + production.options() + ")\n"
                                + "echo \"result ${q.result}, published ${q.published.uri}\"\n"
                                + "dbtFetchManifest(from: '" + uri + "'" + s3 + ")\n"
                                + "echo readFile('.dbt-state/manifest.json').contains('having') as String\n"
                                + "dbtPublishManifest(to: '" + uri + "'" + s3 + ")\n")
                .run()
                .assertResult("SUCCESS");
        build.assertConsole("Kept a copy at s3://", "result promoted, published " + uri, "\ntrue\n");
        assertThat(production.isDeployed()).isTrue();
    }

    @Test
    void aDeployOfSomebodyElseKeepsItFromBeingSwapped() throws Exception {
        Build prepare = production
                .pipeline("prepare", "dbtFetchManifest from: '" + production.uri() + "'\n" + production.prepare(""))
                .run()
                .assertResult("SUCCESS");
        String token = Production.token(prepare);
        assertThat(token).contains("\"seen\":{\"" + production.uri() + "\"");
        Files.writeString(production.manifest(), Files.readString(production.manifest()) + "\n");
        production
                .pipeline("overtaken", production.promote(token, publish()))
                .run()
                .assertResult("FAILURE")
                .assertConsole(
                        "ERROR: Production is not swapped: somebody published another manifest there",
                        "onConflict: overwrite to swap all the same")
                .assertNoStackTrace();
        assertThat(production.isDeployed()).isFalse();
        Job promote = production.pipeline("overwrites", production.promote(token, overwrite()));
        promote.run().assertResult("SUCCESS").assertConsole("result promoted, published " + production.uri());
        assertThat(production.isDeployed()).isTrue();
        assertThat(production.manifest()).content().contains("having");
    }

    @Test
    void publishingThatFailsAfterTheSwapIsMadeUpFor() throws Exception {
        Build prepare = production
                .pipeline("prepare", production.prepare(publish()))
                .run()
                .assertResult("SUCCESS");
        String token = Production.token(prepare);
        materialize.set("swap_conflicts", "2");
        Build half = production
                .pipeline("half", production.promote(token, publish()))
                .start()
                .awaitLine("Retrying atomic swap (attempt 2");
        Files.writeString(production.manifest(), Files.readString(production.manifest()) + "\n");
        half.await()
                .assertResult("FAILURE")
                .assertConsole(
                        " is in production, but its manifest is not published to " + production.uri()
                                + ": somebody published another manifest there",
                        "it does not swap again")
                .assertNoStackTrace();
        assertThat(half.slimActions().get(0).get("message").asText()).contains("is in production, but");
        assertThat(production.isDeployed()).isTrue();
        Job again = production.pipeline("again", production.promote(token, overwrite()));
        again.run()
                .assertResult("SUCCESS")
                .assertConsole("it is not swapped again", "result already_promoted, published " + production.uri());
        assertThat(production.isDeployed()).isTrue();
        assertThat(production.manifest()).content().contains("having");
        again.run().assertResult("SUCCESS").assertConsole("Published to " + production.uri() + " before");
        production
                .pipeline("once more", production.promote(token, publish()))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Published to " + production.uri() + " before");
    }

    @Test
    void aChangeRequestDeploysNothing() throws Exception {
        String sentence = "ERROR: Not published to " + production.uri() + ": this build is for the change request 7";
        production
                .pipeline("change", "withEnv(['CHANGE_ID=7']) {\n" + production.prepare(publish()) + "}\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole(sentence)
                .assertNoStackTrace();
        assertThat(materialize.clusters()).isEqualTo("prod_serving");
    }

    /** The environment comes by parameters, because a freestyle job of this Jenkins has no other way. */
    @Test
    void freestyleDoesTheSame() throws Exception {
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        StringBuilder job = new StringBuilder(
                "<project><properties><hudson.model.ParametersDefinitionProperty>" + "<parameterDefinitions>");
        production.variables().forEach(variable -> job.append("<hudson.model.StringParameterDefinition><name>")
                .append(variable.replaceFirst("=.*", ""))
                .append("</name><defaultValue>")
                .append(Site.xml(variable.replaceFirst("[^=]*=", "")))
                .append("</defaultValue></hudson.model.StringParameterDefinition>"));
        job.append("</parameterDefinitions></hudson.model.ParametersDefinitionProperty></properties><builders>")
                .append("<hudson.tasks.Shell><command>" + Site.xml(production.copy())
                        + "</command></hudson.tasks.Shell>")
                .append("<" + type + "fetch.FetchStep_-FreestyleBuilder><options><from>" + production.uri()
                        + "</from></options></" + type + "fetch.FetchStep_-FreestyleBuilder>");
        String options = "<options>" + production.xml();
        job.append("<" + type + "bluegreen.PrepareStep_-FreestyleBuilder>" + options + "</options></" + type
                        + "bluegreen.PrepareStep_-FreestyleBuilder>")
                .append("<" + type + "bluegreen.PromoteStep_-FreestyleBuilder>" + options + "<publish/></options></"
                        + type + "bluegreen.PromoteStep_-FreestyleBuilder>")
                .append("<" + type + "bluegreen.CleanupStep_-FreestyleBuilder>" + options + "</options></" + type
                        + "bluegreen.CleanupStep_-FreestyleBuilder>")
                .append("</builders></project>");
        Job freestyle = site.job("freestyle", job.toString());
        site.jenkins().post(freestyle.path() + "/buildWithParameters").good();
        Build build = new Build(freestyle, 1);
        Waiting.until(
                build.path() + " starts",
                java.time.Duration.ofMinutes(1),
                () -> site.jenkins().get(build.path() + "/api/json").status() == 200);
        build.await()
                .assertResult("SUCCESS")
                .assertConsole(" is in production", "Published " + production.uri(), "Cleaned up:");
        assertThat(production.isDeployed()).isTrue();
        assertThat(production.manifest()).content().contains("having");
    }
}
