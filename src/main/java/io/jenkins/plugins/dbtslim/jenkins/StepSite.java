package io.jenkins.plugins.dbtslim.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where one of our steps runs: what Pipeline and freestyle both give it.
 *
 * @param run the build
 * @param workspace on the agent
 * @param env of the step, with what is bound around it
 * @param sensitive names of the variables in it that Jenkins itself masks in the log, such as those of bound credentials
 * @param launcher of processes on the agent
 * @param listener the build's log
 */
public record StepSite(
        Run<?, ?> run,
        FilePath workspace,
        EnvVars env,
        Set<String> sensitive,
        Launcher launcher,
        TaskListener listener) {
    private static final Logger LOGGER = Logger.getLogger(StepSite.class.getName());
    /** The site of a Pipeline step. */
    public static StepSite of(StepContext context) throws IOException, InterruptedException {
        EnvironmentExpander bound = context.get(EnvironmentExpander.class);
        return new StepSite(
                context.get(Run.class),
                context.get(FilePath.class),
                context.get(EnvVars.class),
                bound == null ? Set.of() : bound.getSensitiveVariables(),
                context.get(Launcher.class),
                context.get(TaskListener.class));
    }

    /** The site of a freestyle build step. */
    public static StepSite of(
            Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener) {
        Set<String> sensitive =
                run instanceof AbstractBuild<?, ?> build ? build.getSensitiveBuildVariables() : Set.of();
        return new StepSite(run, workspace, env, sensitive, launcher, listener);
    }

    /** Refuses with a sentence where the agent is away: there is no workspace then. */
    public void requireWorkspace() throws UserException {
        if (workspace == null) {
            throw new UserException("The agent is away, so dbt was not started: build again when it is back.");
        }
    }

    /** The build's log. */
    public PrintStream log() {
        return listener.getLogger();
    }

    /** Something to do here. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Does it; what the user can correct ends the build with its sentence and without a stack trace. */
    public static <T> T withSentences(Work<T> work) throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (UserException e) {
            LOGGER.log(Level.FINE, "a step ends with a sentence", e);
            AbortException shown = new AbortException(VisibleText.lines(e.getMessage()));
            shown.addSuppressed(e);
            throw shown;
        }
    }

    /** How an interrupted step ends: of any other exception Pipeline prints the trace. */
    public static FlowInterruptedException aborted(InterruptedException cause) {
        return cause instanceof FlowInterruptedException flow
                ? flow
                : new FlowInterruptedException(Result.ABORTED, true);
    }
}
