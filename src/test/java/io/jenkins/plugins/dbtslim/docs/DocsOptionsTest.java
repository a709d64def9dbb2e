package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.cli.DbtSlim;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.CleanupStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PrepareStep;
import io.jenkins.plugins.dbtslim.jenkins.step.bluegreen.PromoteStep;
import io.jenkins.plugins.dbtslim.jenkins.step.doctor.DoctorStep;
import io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import java.beans.Introspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Options of steps and of the command, Maven profiles and tests that the documentation names within its text are there. */
class DocsOptionsTest {
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern STRING = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w.?:])([a-z]\\w*): (?:''|\\[|true|false|\\d|…|params)");
    private static final Pattern STEP = Pattern.compile("\\b(dbt[A-Z]\\w+)");
    private static final Pattern COMMAND = Pattern.compile("dbt-slim ([a-z-]+)([^`\n|]*)");
    private static final Pattern OPTION = Pattern.compile("(?<!\\S)(--[a-z-]+)");
    /** What else looks so: keys of dbt's own YAML, an option of Pipeline, a key of a result. */
    private static final Set<String> OTHERS =
            Set.of("password", "deploy", "abortPrevious", "dbtVersion", "clusters", "schemas");

    private static final Map<String, Class<?>> STEPS = Map.of(
            "dbtFetchManifest", FetchStep.class,
            "dbtSlimBuild", SlimBuildStep.class,
            "dbtPublishManifest", PublishStep.class,
            "dbtDoctor", DoctorStep.class,
            "dbtDropEnvironment", DropStep.class,
            "dbtBlueGreenPrepare", PrepareStep.class,
            "dbtBlueGreenPromote", PromoteStep.class,
            "dbtBlueGreenCleanup", CleanupStep.class);

    @Test
    void stepsTakeTheOptionsThatAreNamed() throws IOException {
        Map<String, Set<String>> steps = new HashMap<>();
        STEPS.forEach((name, step) -> steps.put(name, options(step)));
        Set<String> any = steps.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (String code : found(CODE, Files.readString(page))) {
                String bare = STRING.matcher(code).replaceAll("''");
                Matcher step = STEP.matcher(bare);
                boolean named = step.find();
                if (named && !steps.containsKey(step.group(1)) && !OTHERS.contains(step.group(1))) {
                    unknown.add(page + ": " + code);
                }
                Set<String> known = named ? steps.getOrDefault(step.group(1), Set.of()) : any;
                found(NAMED, bare).stream()
                        .filter(option -> !known.contains(option) && !OTHERS.contains(option))
                        .forEach(option -> unknown.add(page + ": " + option + " in " + code));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void theCommandTakesTheOptionsThatAreNamed() throws IOException {
        Map<String, String> helps = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher command = COMMAND.matcher(Files.readString(page).replace("\\\n", " "));
            while (command.find()) {
                String help = helps.computeIfAbsent(command.group(1), DocsOptionsTest::help);
                for (String option : found(OPTION, command.group(2))) {
                    if (!help.contains(option)) {
                        unknown.add(page + ": " + command.group());
                    }
                }
            }
        }
        assertThat(helps).containsKeys("fetch", "build", "publish", "report", "doctor", "drop-environment");
        assertThat(unknown).isEmpty();
    }

    @Test
    void mavenHasTheProfilesAndTestsThatAreNamed() throws IOException {
        String pom = Files.readString(Path.of("src/jobs/pom.xml"));
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            found(Pattern.compile("(?<=[ `])-P([a-z-]+)"), text).stream()
                    .filter(profile -> !pom.contains("<id>" + profile + "</id>"))
                    .forEach(profile -> unknown.add(page + ": -P" + profile));
            found(Pattern.compile("\\b([A-Z][A-Za-z]+(?:Test|IT))\\b"), text).stream()
                    .filter(test -> !isTest(test))
                    .forEach(test -> unknown.add(page + ": " + test));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void buildStepsHaveTheNamesThatAreNamed() throws IOException {
        StringBuilder texts = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/io/jenkins/plugins/dbtslim/jenkins"))) {
            for (Path file :
                    files.filter(f -> f.endsWith("Messages.properties")).toList()) {
                texts.append(Files.readString(file).replace("''", "'"));
            }
        }
        for (Path page : pages()) {
            assertThat(found(Pattern.compile("\\*(dbt: [^*]+)\\*"), Files.readString(page)))
                    .as(page.toString())
                    .allMatch(name -> texts.indexOf("displayName=" + name + "\n") >= 0);
        }
    }

    private static boolean isTest(String name) {
        return Stream.of("src/test/java", "src/test-jenkins").anyMatch(folder -> {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                return files.anyMatch(file -> file.endsWith(name + ".java"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String help(String command) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        assertThat(DbtSlim.run(out, out, command, "--help"))
                .as("dbt-slim " + command)
                .isZero();
        return text.toString();
    }

    private static Set<String> options(Class<?> step) {
        Set<String> options = new TreeSet<>();
        Arrays.stream(step.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .forEach(parameter -> options.add(parameter.getName()));
        Arrays.stream(step.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .forEach(name -> options.add(Introspector.decapitalize(name.substring("set".length()))));
        return options;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md")));
        try (Stream<Path> files = Files.list(Path.of("src/docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }
}
