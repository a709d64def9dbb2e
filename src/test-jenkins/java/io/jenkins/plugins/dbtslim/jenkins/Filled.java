package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Options objects in which each option has another value than its default. Found by reflection, so that an option that
 * somebody adds is tested without being written down here.
 */
final class Filled {
    private Filled() {}

    /** One of that type with nothing set but what its constructor wants. */
    static <T> T minimal(Class<T> type) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(candidate -> candidate.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        Object[] arguments = Arrays.stream(constructor.getParameters())
                .map(parameter -> "file:/sample/" + parameter.getName() + ".json")
                .toArray();
        return type.cast(constructor.newInstance(arguments));
    }

    /** Sets every option. */
    static <T> T fill(T options, Descriptor<?> descriptor) throws ReflectiveOperationException {
        for (Method setter : options.getClass().getMethods()) {
            if (setter.isAnnotationPresent(DataBoundSetter.class)) {
                String name = setter.getName().substring("set".length());
                setter.invoke(options, sample(name, setter.getParameterTypes()[0], options, descriptor));
            }
        }
        return options;
    }

    private static Object sample(String name, Class<?> type, Object options, Descriptor<?> descriptor)
            throws ReflectiveOperationException {
        if (type == boolean.class) {
            return !(Boolean) options.getClass().getMethod("is" + name).invoke(options);
        }
        if (type == Integer.class || type == int.class) {
            return 7;
        }
        if (type == List.class) {
            return List.of("one", "two");
        }
        if (type == String.class) {
            Object before = options.getClass().getMethod("get" + name).invoke(options);
            return choice(name, before, descriptor).orElse("a-" + Introspector.decapitalize(name));
        }
        if (type.isEnum()) {
            Object before = options.getClass().getMethod("get" + name).invoke(options);
            String value = choice(name, before.toString(), descriptor).orElseThrow();
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.toString().equals(value))
                    .findFirst()
                    .orElseThrow();
        }
        if (Step.class.isAssignableFrom(type)) {
            return fill(minimal(type), Jenkins.get().getDescriptorOrDie(type.asSubclass(Step.class)));
        }
        throw new AssertionError("give a sample of " + type + " for the option " + name);
    }

    /** A choice of the form's list, if the option has one and it is not a list of credentials. */
    private static Optional<String> choice(String name, Object before, Descriptor<?> descriptor)
            throws ReflectiveOperationException {
        for (Method method : descriptor.getClass().getMethods()) {
            if (method.getName().equals("doFill" + name + "Items") && method.getParameterCount() == 1) {
                ListBoxModel choices = (ListBoxModel) method.invoke(descriptor, new Object[] {null});
                return choices.stream()
                        .map(choice -> choice.value)
                        .filter(value -> !value.isEmpty() && !value.equals(before))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    /** All descriptors of ours of a kind. */
    static <D extends Descriptor<?>> List<D> ours(List<D> all) {
        return all.stream()
                .filter(one -> one.clazz.getName().startsWith("io.jenkins.plugins.dbtslim."))
                .toList();
    }
}
