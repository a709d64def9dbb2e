package io.jenkins.plugins.dbtslim.jenkins;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * What a stored job does not name, because it was stored before an option was there or was written by hand, gets the option's
 * default: XStream runs no initializer. That works for objects only, so an option whose default is not 0 or false is none of
 * the primitive types.
 */
@Restricted(NoExternalUse.class)
public final class StoredDefaults {
    private StoredDefaults() {}

    /** The step itself, with the default of each option that is empty. */
    public static Step fill(Step stored) {
        try {
            Step fresh = fresh(stored.getClass());
            for (Class<?> type = stored.getClass(); type != Step.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        fill(field, stored, field.get(fresh));
                    }
                }
            }
            return stored;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Step fresh(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> bound = Stream.of(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        return (Step) bound.newInstance(new Object[bound.getParameterCount()]);
    }

    private static void fill(Field field, Step stored, Object otherwise) throws IllegalAccessException {
        Object value = field.get(stored);
        if (otherwise != null && (value == null || (value instanceof String text && text.isBlank()))) {
            field.set(stored, otherwise);
        }
    }
}
