package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.standin.SampleProject;
import io.jenkins.plugins.dbtslim.standin.Standin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A blue/green deployment in Jenkins, by real dbt-materialize against the stand-in of Materialize; both are on this machine. */
class BlueGreenStepsIT {
    @RegisterExtension
    final Site site = new Site();

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private SampleProject project;
    private String credentials;
    private String venv;

    /** Only those tests that deploy need it. */
    private void buildProduction() throws Exception {
        materialize.createCluster("prod_serving", 1);
        project = Standin.project(folder.resolve("project"));
        credentials = site.credentials("materialize", login("MZ_USER"), login("MZ_PASSWORD"));
        venv = Standin.venv("1.11").toString();
        site.pipeline(
                        "production",
                        environment("node {\n" + checkout() + "dbtFetchManifest from: 'file:" + manifest()
                                + "', ifMissing: 'fullBuild'\ndbtSlimBuild " + options()
                                + "\ndbtPublishManifest 'file:" + manifest() + "'\n}\n"))
                .run()
                .assertResult("SUCCESS");
        project.changed();
    }

    private String login(String variable) {
        return materialize.environment().get(variable);
    }

    private String manifest() {
        return folder.resolve("store/manifest.json").toString();
    }

    private String options() {
        return "target: 'production', credentialsId: '" + credentials + "', venv: '" + venv + "', profilesDir: '.'";
    }

    private String checkout() {
        return "sh 'cp -r \"" + project.folder() + "/.\" .'\n";
    }

    private String environment(String script) {
        return "withEnv(["
                + materialize.environment().entrySet().stream()
                        .filter(variable -> !variable.getKey().matches("MZ_USER|MZ_PASSWORD"))
                        .map(variable -> "'" + variable.getKey() + "=" + variable.getValue() + "'")
                        .collect(Collectors.joining(", "))
                + ", 'CI_TAG=gh_ci_42']) {\n" + script + "}\n";
    }

    /** The sample of the docs; what differs here is where things are. */
    @Test
    void theSampleDeploysAfterAnApproval() throws Exception {
        buildProduction();
        String sample = Files.readString(Path.of("src/docs/examples", "blue-green.Jenkinsfile"))
                .replace("agent any\n      steps {\n", "agent any\n      steps {\n" + checkout())
                .replace("target: 'production', credentialsId: 'materialize'", options())
                .replace("s3://mz-test-dbt/manifest.json", "file:" + manifest())
                .replaceFirst("agent none\n", "agent none\nenvironment {\n" + variables() + "}\n");
        Build build = site.pipeline("sample", sample).start().awaitLine("Swap it into production?");
        build.assertConsole(
                "Deployment ",
                " is prepared: nothing of production has changed yet",
                "ALTER SCHEMA \"public_marts\" SWAP WITH \"public_marts_dbt_deploy\"");
        assertThat(site.jenkins()
                        .json("/computer/api/json")
                        .get("busyExecutors")
                        .asInt())
                .as("executors while a person decides")
                .isZero();
        assertThat(build.reportPage("dbt-blue-green")).contains("prod_serving_dbt_deploy", "id=\"dbt-slim-deploy\"");
        assertThat(changeIsServed()).isFalse();
        site.jenkins().post(build.path() + "/input/Swap/proceedEmpty").good();
        build.await().assertResult("SUCCESS").assertConsole(" is in production", "Published ", "Cleaned up:");
        assertThat(changeIsServed()).isTrue();
        assertThat(materialize.clusters()).isEqualTo("prod_serving");
        assertThat(Files.readString(Path.of(manifest()))).contains("having").doesNotContain("public_marts_dbt_deploy");
        assertThat(build.console()).doesNotContain(login("MZ_PASSWORD"));
    }

    private String variables() {
        return materialize.environment().entrySet().stream()
                .filter(variable -> !variable.getKey().matches("MZ_USER|MZ_PASSWORD"))
                .map(variable -> variable.getKey() + " = '" + variable.getValue() + "'\n")
                .collect(Collectors.joining());
    }

    @Test
    void aTokenPromotesOnceInAnotherJob() throws Exception {
        buildProduction();
        Build prepare = site.pipeline(
                        "prepare",
                        environment("node {\n" + checkout() + "def p = dbtBlueGreenPrepare(" + options()
                                + ")\necho \"token=${p.token}=\"\n}\n"))
                .run()
                .assertResult("SUCCESS");
        String token = prepare.console().replaceFirst("(?s).*\ntoken=([^=]+)=.*", "$1");
        Job promote = site.pipeline(
                "promote",
                environment("node {\n" + checkout() + "def p = dbtBlueGreenPromote(" + options() + ", token: '" + token
                        + "')\necho \"result ${p.result}\"\n}\n"));
        promote.run().assertResult("SUCCESS").assertConsole("result promoted");
        assertThat(changeIsServed()).isTrue();
        promote.run().assertResult("SUCCESS").assertConsole("result already_promoted", "it was not swapped again");
        assertThat(changeIsServed()).isTrue();
        site.pipeline("cleanup", environment("node {\n" + checkout() + "dbtBlueGreenCleanup(" + options() + ")\n}\n"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Cleaned up:", "dropped public_marts_dbt_deploy");
    }

    @Test
    void anAbortedPreparationGoesOn() throws Exception {
        buildProduction();
        materialize.set("hydrate_after_ms", "600000");
        Job prepare = site.pipeline(
                "aborted",
                environment("node {\n" + checkout() + "dbtBlueGreenPrepare(" + options() + ", pollSeconds: 1)\n}\n"));
        Build build =
                prepare.start().awaitLine("hydrating (0/3 objects)").stop().await();
        build.assertResult("ABORTED").assertConsole("Aborted at \"await\". Production is untouched.");
        materialize.set("hydrate_after_ms", "0");
        prepare.run().assertResult("SUCCESS").assertConsole("it goes on", " is prepared");
    }

    @Test
    void mistakesCostOneSentence() throws Exception {
        String stub = io.jenkins.plugins.dbtslim.blackbox.SampleProject.stub();
        fails("no-token", "dbtBlueGreenPromote(" + stub + ")", "set token");
        fails("lag", "dbtBlueGreenPrepare(" + stub + ", lagThreshold: 'x')", "lag threshold");
        fails("binary", "dbtBlueGreenPrepare(" + stub + ")", "Blue/green runs in dbt's own Python");
    }

    @Test
    void freestyleDoesTheSame() throws Exception {
        String type = "io.jenkins.plugins.dbtslim.jenkins.bluegreen.PromoteBuilder";
        site.freestyle("freestyle", "<" + type + "><options><target>production</target></options></" + type + ">")
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: Promoting needs the token")
                .assertNoStackTrace();
    }

    private void fails(String name, String step, String sentence) throws InterruptedException {
        site.pipeline(
                        name,
                        "node {\n" + new io.jenkins.plugins.dbtslim.blackbox.SampleProject().pipeline() + step
                                + "\n}\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: ", sentence)
                .assertNoStackTrace();
    }

    private boolean changeIsServed() throws Exception {
        return materialize
                .sql("select pg_get_viewdef('public_marts.order_totals'::regclass) like '%HAVING%'")
                .equals("t");
    }
}
