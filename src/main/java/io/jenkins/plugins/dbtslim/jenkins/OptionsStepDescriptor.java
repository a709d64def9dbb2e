package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Base of our step descriptors. A step object is also the options object that the freestyle builder nests, so there is
 * one descriptor, one form, one set of defaults and one set of checks for both.
 *
 * @param <T> the step
 */
@Restricted(NoExternalUse.class)
public abstract class OptionsStepDescriptor<T extends Step> extends StepDescriptor {
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class, EnvVars.class);
    }

    /** A list as the text of its form, one entry a line; nothing where there is no step yet. */
    public String text(@CheckForNull List<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }

    /** A step with nothing set: forms show its values, so that each default is written down once. */
    public abstract T getDefaults();
}
