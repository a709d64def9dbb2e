package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.CleanupStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PrepareStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PromoteStep;
import io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep;
import io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import io.jenkins.plugins.dbtslim.jenkins.tool.RequirementsInstaller;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Each option that a form, Pipeline or Job DSL can set has a place in its form, a getter and a help text. */
class FormsTest {
    static Stream<Class<?>> options() {
        return Stream.of(
                FetchStep.class,
                SlimBuildStep.class,
                DoctorStep.class,
                DropStep.class,
                PrepareStep.class,
                PromoteStep.class,
                CleanupStep.class,
                PublishStep.class,
                DbtSlimConfiguration.class,
                RequirementsInstaller.class);
    }

    static Stream<Class<?>> builders() {
        return Stream.of(
                FetchStep.FreestyleBuilder.class,
                SlimBuildStep.FreestyleBuilder.class,
                DoctorStep.FreestyleBuilder.class,
                DropStep.FreestyleBuilder.class,
                PrepareStep.FreestyleBuilder.class,
                PromoteStep.FreestyleBuilder.class,
                CleanupStep.FreestyleBuilder.class,
                PublishStep.FreestyleBuilder.class);
    }

    @ParameterizedTest
    @MethodSource("options")
    void theFormHasExactlyTheOptions(Class<?> type) throws Exception {
        TreeSet<String> fields = new TreeSet<>();
        Pattern.compile("field=\"(\\w+)\"").matcher(form(type)).results().forEach(match -> fields.add(match.group(1)));
        assertThat(fields).isEqualTo(properties(type));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionHasHelp(Class<?> type) throws IOException {
        for (String option : properties(type)) {
            assertThat(resource(type, "help-" + option + ".html"))
                    .as(type.getSimpleName() + "." + option)
                    .startsWith("<div>")
                    .endsWith("</div>\n")
                    .hasSizeGreaterThan(60);
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionCanBeRead(Class<?> type) {
        List<String> getters = Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .map(Method::getName)
                .filter(name -> name.matches("(get|is)[A-Z].*"))
                .map(name -> Introspector.decapitalize(name.replaceFirst("get|is", "")))
                .toList();
        assertThat(getters).containsAll(properties(type));
    }

    /** The freestyle builder has the Pipeline step as its only option: the two surfaces cannot differ. */
    @ParameterizedTest
    @MethodSource("builders")
    void theBuilderNestsTheStep(Class<?> type) throws Exception {
        assertThat(properties(type)).containsExactly("options");
        Class<?> step = constructor(type).getParameterTypes()[0];
        assertThat(options()).contains(step);
        assertThat(type.getMethod("getOptions").getGenericReturnType()).isEqualTo(step);
        assertThat(resource(type, "config.jelly")).contains("<f:property field=\"options\" />");
    }

    /** Of a step and a builder with one symbol the Snippet Generator keeps the first, and must keep the step. */
    @ParameterizedTest
    @MethodSource("builders")
    void theStepComesBeforeTheBuilder(Class<?> type) throws Exception {
        Class<?> step = constructor(type).getParameterTypes()[0];
        assertThat(ordinal(step)).isGreaterThan(ordinal(type));
    }

    private static double ordinal(Class<?> type) {
        return new ClassFileImporter()
                        .importClasses(Arrays.stream(type.getDeclaredClasses())
                                .filter(nested -> nested.getSimpleName().equals("DescriptorImpl"))
                                .toList())
                        .stream()
                        .findFirst()
                        .orElseThrow()
                        .getAnnotationOfType(Extension.class)
                        .ordinal();
    }

    private static Set<String> properties(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                names.add(Introspector.decapitalize(method.getName().substring("set".length())));
            }
        }
        Constructor<?> constructor = constructor(type);
        if (constructor != null) {
            for (Parameter parameter : constructor.getParameters()) {
                assertThat(parameter.isNamePresent()).isTrue();
                names.add(parameter.getName());
            }
        }
        return names;
    }

    private static Constructor<?> constructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElse(null);
    }

    /** The form with the parts that it includes from other steps. */
    private static String form(Class<?> type) throws IOException, ClassNotFoundException {
        StringBuilder form = new StringBuilder(resource(type, "config.jelly"));
        Matcher include = Pattern.compile("<st:include page=\"(\\S+)\" class=\"(\\S+)\" />")
                .matcher(form.toString());
        while (include.find()) {
            Class<?> base = Class.forName(include.group(2));
            form.append(resource(base, include.group(1)));
        }
        return form.toString();
    }

    /** A page or help text of the class, or as Jenkins looks it up, of the nearest base class that has it. */
    private static String resource(Class<?> type, String name) throws IOException {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            try (InputStream in = owner.getResourceAsStream(folder(owner) + "/" + name)) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError(type.getSimpleName() + "/" + name + " is missing");
    }

    /** A nested class has its pages in a folder of that of the outer one. */
    private static String folder(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '/');
    }
}
