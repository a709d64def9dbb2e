package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.run.Choice;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Base of our step descriptors. A step object is also the options object that the freestyle builder nests, so there is
 * one descriptor, one form, one set of defaults and one set of checks for both.
 *
 * @param <T> the step
 */
@Restricted(NoExternalUse.class)
public abstract class OptionsStepDescriptor<T extends Step> extends StepDescriptor implements CustomDescribableModel {
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class, EnvVars.class);
    }

    /** A list as the text of its form, one entry a line; nothing where there is no step yet. */
    public String text(@CheckForNull List<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }

    /**
     * Reads options with fixed values in any case, and refuses others with a sentence that lists them; an empty text leaves the
     * default.
     */
    @Override
    public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> read = new LinkedHashMap<>(arguments);
        for (Method setter : clazz.getMethods()) {
            if (setter.isAnnotationPresent(DataBoundSetter.class) && setter.getParameterTypes()[0].isEnum()) {
                String option = Introspector.decapitalize(setter.getName().substring("set".length()));
                Object value = read.remove(option);
                if (value != null && FormText.orNull(value.toString()) != null) {
                    read.put(option, choice(setter.getParameterTypes()[0], option, value.toString()));
                }
            }
        }
        return read;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object choice(Class<?> type, String option, String text) {
        try {
            return Choice.of((Class) type, option, text);
        } catch (UserException e) {
            throw OptionsStepDescriptor.<RuntimeException>unchecked(new AbortException(e.getMessage()));
        }
    }

    /** Of all exceptions, Jenkins shows this one without a stack trace; whoever calls us lets only unchecked ones through. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }

    /** A step with nothing set: forms show its values, so that each default is written down once. */
    public abstract T getDefaults();
}
