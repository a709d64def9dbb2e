package io.jenkins.plugins.dbtslim.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.ExitStatus;
import io.jenkins.plugins.dbtslim.dbt.SecretMask;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.publish.PublishStep;
import io.jenkins.plugins.dbtslim.report.RunFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small parts of a run: scripts, what is stored or travels, the guard of an environment. */
class RunPartsTest {
    @Test
    void theShellGetsEachWordAsItIs() throws Exception {
        List<String> words = List.of("printf", "%s|", "a b", "it's", "$HOME", "ä\\n\"");
        Process process = new ProcessBuilder("sh", "-c", Scripts.shell(words)).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(out).isEqualTo("a b|it's|$HOME|ä\\n\"|");
        assertThat(Scripts.shell(words)).startsWith("#!/bin/sh -e\nexec ");
    }

    @Test
    void batchFilesQuoteAndDoublePercent() {
        assertThat(Scripts.batch(List.of("C:\\Program Files\\python.exe", "50%.py")))
                .isEqualTo("@echo off\r\n\"C:\\Program Files\\python.exe\" \"50%%.py\"\r\nexit /b %ERRORLEVEL%\r\n");
    }

    static List<Object> stored() {
        SecretEnvironment secrets = new SecretEnvironment(Map.of("MZ_HOST", "h"));
        BuildStep step = new BuildStep();
        step.setOperations(List.of("drop_environment"));
        return List.of(
                step,
                new FetchStep("s3://b/k"),
                new PublishStep("s3://b/k"),
                new PreparedRun("id", "/f", "/s", List.of("python3"), true, secrets),
                new DriverFiles(Plans.of(step, StateChoice.of(null, null), "/ws"), null, null, List.of("MZ_PASSWORD")),
                new CollectRun(
                        "/s",
                        new RunFacts(List.of("a"), List.of(), null, true, null),
                        new SecretMask(List.of("verysecret")),
                        0),
                new CollectRun.CleanUp(),
                new Leftovers(false),
                new Collected(
                        ExitStatus.SUCCESS, null, "1.10", "/m", "/r", new ArrayList<>(), new ArrayList<>(), false, 1));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void whatIsStoredOrTravelsIsSerializable(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        assertThat(bytes.size()).isPositive();
    }

    @Test
    void aSecondRunInAnEnvironmentNamesTheFirst() {
        RunningEnvironments.take("mz gh_ci_7", "job#1:5", "shop » PR-7 #1");
        RunningEnvironments.take("mz gh_ci_7", "job#1:5", "shop » PR-7 #1");
        assertThatThrownBy(() -> RunningEnvironments.take("mz gh_ci_7", "job#2:5", "shop » PR-7 #2"))
                .hasMessage("shop » PR-7 #1 is running in the same environment (mz gh_ci_7): let it end first.");
        RunningEnvironments.release("job#1:5");
        RunningEnvironments.take("mz gh_ci_7", "job#2:5", "shop » PR-7 #2");
        RunningEnvironments.release("job#2:5");
    }
}
