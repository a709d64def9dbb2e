package io.jenkins.plugins.dbtslim;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The walls between the rooms, and they are exactly where the code has them: an edge that nobody uses any more is as much a
 * fault as one that nobody allowed.
 */
@AnalyzeClasses(packages = Rooms.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static void roomsKnowEachOtherAsWrittenDown(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> known = found.computeIfAbsent(Rooms.of(type), room -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(Rooms.BASE + "."))
                    .map(Rooms::of)
                    .filter(room -> !room.equals(Rooms.of(type)))
                    .forEach(known::add);
        }
        assertThat(found).isEqualTo(new TreeMap<>(Rooms.KNOWN));
    }

    /** Rooms are listed in the order of the way of the data: each knows only rooms before it. */
    @ArchTest
    static void theWayLeadsInOneDirection(JavaClasses classes) {
        List<String> before = new ArrayList<>();
        Rooms.KNOWN.forEach((room, known) -> {
            assertThat(before).as("before " + room).containsAll(known);
            before.add(room);
        });
    }

    @ArchTest
    static final ArchRule LIBRARIES_STAY_WHERE_THEY_ARE_NEEDED = classes()
            .that()
            .resideOutsideOfPackages(
                    Rooms.BASE + ".jenkins..", Rooms.BASE + ".cli..", Rooms.BASE + ".store..", Rooms.BASE + ".report..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "com.fasterxml.jackson.core..", "edu.umd.cs.findbugs.annotations..", Rooms.BASE + "..");

    @ArchTest
    static final ArchRule KEYS_STAY_IN_THE_STORE = noClasses()
            .that()
            .resideOutsideOfPackages(Rooms.BASE + ".store..", Rooms.BASE + ".jenkins..", Rooms.BASE + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule JENKINS_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage(Rooms.BASE + ".jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    /** All else that runs on an agent is started by the launcher of a step, which may bring it into a container. */
    @ArchTest
    static final ArchRule ONLY_GIT_AND_INSTALLERS_ARE_STARTED_BESIDE_IT = noClasses()
            .that()
            .resideOutsideOfPackage(Rooms.BASE + ".cli..")
            .and()
            .haveNameNotMatching(".*\\.(change\\.Checkout|jenkins\\.tool\\.CommandLine)")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethodWhere(target(name("exec")).and(target(owner(assignableTo(Runtime.class)))));
}
