package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps a build step from dbt is handed to who keeps the run's page, and ends the step as it did before. */
class FreestyleRunTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    /** What a step does around dbt, if it comes to that. */
    private final class Work implements DbtStepWork {
        private static final long serialVersionUID = 1L;
        private final transient Exception problem;

        Work(Exception problem) {
            this.problem = problem;
        }

        @Override
        public PreparedRun prepare(StepSite site, StepKey key) throws IOException, InterruptedException {
            if (problem instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw (IOException) problem;
        }

        @Override
        public DbtStepResult collect(
                PreparedRun prepared,
                Run<?, ?> run,
                TaskListener listener,
                StepKey key,
                Integer exitStatus,
                boolean aborted) {
            throw new IllegalStateException("there is nothing to collect");
        }

        @Override
        public void failed(StepSite site, StepKey key, String sentence, boolean aborted) throws IOException {
            told.add(sentence + (aborted ? " (aborted)" : ""));
            throw new IOException("the disk is full");
        }
    }

    private void perform(Exception problem) throws IOException, InterruptedException {
        TestBuild build = new TestBuild(folder);
        FilePath workspace = new FilePath(folder.toFile());
        StepSite site = new StepSite(build, workspace, new EnvVars(), Set.of(), null, build.listener());
        FreestyleRun.perform(new Work(problem), site);
    }

    @Test
    void whatFailsBeforeDbtIsTold() {
        assertThatThrownBy(() -> perform(new AbortException("no credentials")))
                .isInstanceOf(AbortException.class)
                .hasMessage("no credentials");
        assertThat(told).containsExactly("no credentials");
    }

    @Test
    void anAbortBeforeDbtIsTold() {
        assertThatThrownBy(() -> perform(new InterruptedException())).isInstanceOf(InterruptedException.class);
        assertThat(told).containsExactly("It was aborted before dbt began. (aborted)");
    }
}
