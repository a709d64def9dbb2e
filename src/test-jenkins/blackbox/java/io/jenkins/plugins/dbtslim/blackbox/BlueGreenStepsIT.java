package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

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

    private Production production() throws Exception {
        return new Production(site, materialize, folder);
    }

    /** The sample of the docs; what differs here is where things are. */
    @Test
    void theSampleDeploysAfterAnApproval() throws Exception {
        Production production = production();
        String sample = Files.readString(Path.of("src/docs/examples", "blue-green.Jenkinsfile"))
                .replace("agent any\n      steps {\n", "agent any\n      steps {\n" + production.checkout())
                .replace("target: 'production', credentialsId: 'materialize'", production.options())
                .replace("s3://mz-test-dbt/manifest.json", production.uri())
                .replaceFirst("agent none\n", "agent none\nenvironment {\n" + variables(production) + "}\n");
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
        assertThat(production.isDeployed()).isFalse();
        site.jenkins().post(build.path() + "/input/Swap/proceedEmpty").good();
        build.await().assertResult("SUCCESS").assertConsole(" is in production", "Published ", "Cleaned up:");
        assertThat(production.isDeployed()).isTrue();
        assertThat(materialize.clusters()).isEqualTo("prod_serving");
        assertThat(production.manifest()).content().contains("having").doesNotContain("public_marts_dbt_deploy");
        assertThat(build.console()).doesNotContain(production.password());
    }

    private static String variables(Production production) {
        return production
                .variables()
                .map(variable -> variable.replaceFirst("=(.*)", " = '$1'\n"))
                .collect(Collectors.joining());
    }

    @Test
    void aTokenPromotesOnceInAnotherJob() throws Exception {
        Production production = production();
        Build prepare =
                production.pipeline("prepare", production.prepare("")).run().assertResult("SUCCESS");
        Job promote = production.pipeline("promote", production.promote(Production.token(prepare), ""));
        promote.run().assertResult("SUCCESS").assertConsole("result promoted, published null");
        assertThat(production.isDeployed()).isTrue();
        promote.run().assertResult("SUCCESS").assertConsole("result already_promoted", "it was not swapped again");
        assertThat(production.isDeployed()).isTrue();
        production
                .pipeline("cleanup", "dbtBlueGreenCleanup(" + production.options() + ")")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Cleaned up:", "dropped public_marts_dbt_deploy");
    }

    @Test
    void mistakesCostOneSentence() throws Exception {
        String stub = SampleProject.stub();
        fails("no-token", "dbtBlueGreenPromote(" + stub + ")", "set token");
        fails("lag", "dbtBlueGreenPrepare(" + stub + ", lagThreshold: 'x')", "lag threshold");
        fails("binary", "dbtBlueGreenPrepare(" + stub + ")", "Blue/green runs in dbt's own Python");
    }

    private void fails(String name, String step, String sentence) throws InterruptedException {
        site.pipeline(name, "node {\n" + new SampleProject().pipeline() + step + "\n}\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: ", sentence)
                .assertNoStackTrace();
    }
}
