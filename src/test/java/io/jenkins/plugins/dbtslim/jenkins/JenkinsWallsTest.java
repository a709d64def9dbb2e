package io.jenkins.plugins.dbtslim.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.stapler.verb.POST;

/** Walls inside the Jenkins room: one way to the controller, and no web method without verb and permission. */
@AnalyzeClasses(packages = "io.jenkins.plugins.dbtslim.jenkins", importOptions = ImportOption.DoNotIncludeTests.class)
class JenkinsWallsTest {
    @ArchTest
    static final ArchRule ONE_FACADE = noClasses()
            .that()
            .doNotHaveSimpleName("JenkinsFacade")
            .should()
            .callMethod(Jenkins.class, "get")
            .orShould()
            .callMethod(Jenkins.class, "getInstanceOrNull");

    @ArchTest
    static final ArchRule FORM_METHODS_ARE_POST_AND_ASK = methods()
            .that()
            .haveNameMatching("do(Fill|Check|Test)[A-Z].*")
            .should()
            .bePublic()
            .andShould()
            .beAnnotatedWith(POST.class)
            .andShould(askForAPermission());

    /** All else is free to change; other plugins use the extension points. */
    @ArchTest
    static final ArchRule ONLY_EXTENSION_POINTS_ARE_FOR_OTHERS = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            // Extension points, and what they hand over.
            .haveNameNotMatching(".*\\.(ManifestStoreKind|AwsCredentialsKind|CheckKind|Messages)")
            .and()
            .haveNameNotMatching(".*\\.(StoreStep|StepSite|StepSite\\$Work|WorkspaceAgent)")
            .should()
            .beAnnotatedWith(Restricted.class);

    /**
     * What the builds of other plugins look restricted types up by, which this build has no processor to make: after a change,
     * run this test with {@code -Dsnippets.write=true}.
     */
    @ArchTest
    static void theIndexNamesAllThatIsRestricted(JavaClasses classes) throws IOException {
        String names = classes.stream()
                .filter(type -> type.isAnnotatedWith(Restricted.class))
                .map(type -> type.getName() + "\n")
                .sorted()
                .collect(Collectors.joining());
        Path index = Path.of("src/main/resources/META-INF/services/annotations", Restricted.class.getName());
        if (Boolean.getBoolean("snippets.write")) {
            Files.writeString(index, names);
        }
        assertThat(index).as("run with -Dsnippets.write=true").hasContent(names);
    }

    private static final String BASE = "io.jenkins.plugins.dbtslim.jenkins";

    /** The rooms in the order of the way of the data; a step may use the step that it wraps, and says so here. */
    private static final List<String> ROOMS =
            List.of("", ".agent", ".config", ".credentials", ".tool", ".store", ".page", ".engine", ".step");

    private static final Map<String, Set<String>> STEPS_THAT_WRAP_ANOTHER =
            Map.of("doctor", Set.of("fetch"), "bluegreen", Set.of("publish"), "slimbuild", Set.of("publish"));

    @ArchTest
    static void theWayLeadsInOneDirection(JavaClasses classes) {
        Set<String> back = new TreeSet<>();
        Map<String, Set<String>> wraps = new TreeMap<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.getPackageName().startsWith(BASE)) {
                    continue;
                }
                if (ROOMS.indexOf(room(target)) > ROOMS.indexOf(room(type))) {
                    back.add(type.getName() + " knows " + target.getName());
                }
                boolean steps = room(type).equals(".step") && room(target).equals(".step");
                if (steps && !step(type).equals(step(target))) {
                    wraps.computeIfAbsent(step(type), name -> new TreeSet<>()).add(step(target));
                }
            }
        }
        assertThat(back).isEmpty();
        assertThat(wraps).isEqualTo(new TreeMap<>(STEPS_THAT_WRAP_ANOTHER));
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(BASE.length()).replaceFirst("(?<=\\w)\\..*", "");
    }

    private static String step(JavaClass type) {
        return type.getPackageName().substring((BASE + ".step.").length());
    }

    private static ArchCondition<JavaMethod> askForAPermission() {
        return new ArchCondition<>("ask FormPermissions before anything else") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean asks = method.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getSimpleName().equals("FormPermissions"));
                if (!asks) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " asks for no permission"));
                }
            }
        };
    }
}
