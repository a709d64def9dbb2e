package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code dbtDoctor}: a table in the log, a map for scripts, and a failure only when it is asked for. */
class DoctorIT {
    private static final String EXAMPLE = "doctor.Jenkinsfile";

    @RegisterExtension
    final Site site = new Site();

    @Test
    void theExampleOfTheDocumentation() throws Exception {
        String login = site.credentials("doctor", "alice", "swordfish-7");
        String uri = Site.uri("doctor");
        String example = Files.readString(Path.of("src/docs/examples", EXAMPLE))
                .replace("'materialize'", "'" + login + "', " + SampleProject.stub())
                .replace(
                        "'s3://mz-test-dbt/manifest.json'",
                        "'" + uri + "'"
                                + site.s3Options(site.s3Credentials()).replace("credentialsId", "storeCredentialsId"))
                .replaceFirst("steps \\{\n", "steps {\n" + new SampleProject().pipeline());
        Build build = site.pipeline("doctor-example", example)
                .run()
                .assertResult("SUCCESS")
                .assertNoStackTrace();
        assertThat(build.console())
                .containsPattern("Java +ok ")
                .containsPattern("log-in +ok ")
                .containsPattern("Python +ok ")
                .containsPattern("dbt +warning +1\\.10\\.0")
                .containsPattern("state +skipped ")
                .containsPattern("store +warning +reached; there is no manifest at " + uri)
                .doesNotContain("swordfish");
    }

    @Test
    void problemsAreToldAndFailOnlyWhenAskedFor() throws Exception {
        String look = "from: 's3://nowhere/manifest.json', storeCredentialsId: 'no-such', venv: 'none', state: 'none',"
                + " credentialsId: 'neither', region: 'us-east-1'";
        site.pipeline(
                        "doctor-problems",
                        "node {\ndef r = dbtDoctor(" + look + ")\necho \"${r.ok} ${r.problems.join('+')}"
                                + " ${r.findings.find { it.check == 'Python' }.level}\"\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("false log-in+Python+store PROBLEM", "There is no Python at ", "\"neither\"")
                .assertNoStackTrace();
        site.pipeline("doctor-fails", "node { dbtDoctor(failOnProblem: true, " + look + ") }\n")
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: Something is in the way of a slim build (log-in, Python, store)")
                .assertNoStackTrace();
    }

    /** A project's own code runs in the look: what it prints is nothing that the controller keeps or waits for. */
    @Test
    void aLookThatPrintsWithoutEndIsCutOff() throws Exception {
        Build build = site.pipeline(
                        "doctor-endless",
                        "node {\nwriteFile file: 'v/bin/python', text: '#!/bin/sh\\nexec yes 0123456789\\n'\n"
                                + "sh 'chmod +x v/bin/python'\ndef r = dbtDoctor(venv: 'v')\necho \"${r.problems}\"\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertNoStackTrace();
        assertThat(build.console()).contains("[Python", "more than").hasSizeLessThan(20_000);
    }

    /** Needs a dbt that Python can import: {@code -Ddbt.venv=DIR}. */
    @Test
    void aRealDbtIsAllInOrder() throws Exception {
        Assumptions.assumeTrue(SampleProject.venv() != null, "say where: -Ddbt.venv=DIR");
        Build build = site.pipeline(
                        "doctor-real",
                        "node {\n" + new SampleProject().pipeline() + "dbtDoctor(failOnProblem: true, "
                                + SampleProject.dbt() + ")\n}\n")
                .run()
                .assertResult("SUCCESS");
        assertThat(build.console()).containsPattern("adapter +ok ").containsPattern("connection +ok ");
    }

    @Test
    void aFreestyleJobLooksToo() throws Exception {
        Build build = site.freestyle(
                        "doctor-freestyle",
                        new SampleProject().shell(),
                        "<io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep_-FreestyleBuilder><options><dbt>bin/dbt</dbt></options>"
                                + "</io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep_-FreestyleBuilder>")
                .run()
                .assertResult("SUCCESS");
        assertThat(build.console()).containsPattern("Python +ok ").containsPattern("store +skipped ");
    }
}
