package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.CleanupStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PrepareStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PromoteStep;
import io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep;
import io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A stored job that names no option behaves as a new one: jobs stored before an option was there, and those that somebody
 * wrote by hand. Jenkins makes such objects without running constructor or initializers, and so does this test.
 */
class StoredOptionsTest {
    static Stream<Object> fresh() {
        return Stream.of(
                new FetchStep(null),
                new SlimBuildStep(),
                new DoctorStep(),
                new DropStep(),
                new PrepareStep(),
                new PromoteStep(),
                new CleanupStep(),
                new PublishStep(null));
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void optionsThatAStoredJobDoesNotNameHaveTheirDefaults(Object fresh) throws Exception {
        assertThat(options(stored(fresh.getClass()))).isEqualTo(options(fresh));
    }

    private static Object stored(Class<?> type) throws ReflectiveOperationException {
        Class<?> owner = type;
        while (Stream.of(owner.getDeclaredMethods())
                .noneMatch(each -> each.getName().equals("readResolve"))) {
            owner = owner.getSuperclass();
        }
        Method resolve = owner.getDeclaredMethod("readResolve");
        resolve.setAccessible(true);
        return resolve.invoke(withoutInitializers(type));
    }

    /** By the means of the JDK for those who serialize; by name, because the compiler warns of it. */
    private static Object withoutInitializers(Class<?> type) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Constructor<?> empty = (Constructor<?>) factory.getMethod(
                        "newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(factory.getMethod("getReflectionFactory").invoke(null), type, Object.class.getConstructor());
        return empty.newInstance();
    }

    /** Each option that can be set, with its value. */
    private static Map<String, Object> options(Object options) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        for (Method setter : options.getClass().getMethods()) {
            if (setter.isAnnotationPresent(DataBoundSetter.class)) {
                String name = setter.getName().substring("set".length());
                String prefix = setter.getParameterTypes()[0] == boolean.class ? "is" : "get";
                values.put(name, options.getClass().getMethod(prefix + name).invoke(options));
            }
        }
        assertThat(values).hasSizeGreaterThan(5);
        return values;
    }
}
