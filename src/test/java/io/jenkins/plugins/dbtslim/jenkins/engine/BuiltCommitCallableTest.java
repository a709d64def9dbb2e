package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step knows the commit of its checkout also where no checkout put it into the environment. */
class BuiltCommitCallableTest {
    @TempDir
    Path workspace;

    private String noted(String... variables) throws Exception {
        StepSite site =
                new StepSite(null, new FilePath(workspace.toFile()), new EnvVars(variables), Set.of(), null, null);
        BuiltCommitCallable.note(site, "dbt");
        return site.env().get("GIT_COMMIT");
    }

    @Test
    void whatTheEnvironmentSaysCountsUnlessAChangeRequestIsBuilt() throws Exception {
        assertThat(noted()).isNull();
        Files.createDirectory(workspace.resolve("dbt"));
        git("init", "-q");
        git("-c", "user.name=ci", "-c", "user.email=ci@example.org", "commit", "-q", "--allow-empty", "-m", "c");
        String commit = noted();
        assertThat(commit).matches("[0-9a-f]{40}");
        assertThat(noted("GIT_COMMIT", "")).isEqualTo(commit);
        assertThat(noted("GIT_COMMIT", "5ca1ab1e")).isEqualTo("5ca1ab1e");
        assertThat(noted("GIT_COMMIT", "5ca1ab1e", "CHANGE_ID", "7")).isEqualTo(commit);
    }

    private void git(String... words) throws Exception {
        String[] command = new String[words.length + 1];
        command[0] = "git";
        System.arraycopy(words, 0, command, 1, words.length);
        assertThat(new ProcessBuilder(command)
                        .directory(workspace.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }
}
