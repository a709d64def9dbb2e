package io.jenkins.plugins.dbtslim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The walls between the rooms: a room knows only rooms named before it, and Jenkins stays in its own. */
@AnalyzeClasses(packages = Rooms.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule MANIFEST = room("manifest", List.of(), "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule STATE = room("state", List.of("manifest"));

    @ArchTest
    static final ArchRule SELECTION = room("selection", List.of("manifest", "state"));

    @ArchTest
    static final ArchRule DBT = room("dbt", List.of("manifest", "selection"), "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule STORE =
            room("store", List.of("manifest"), "com.fasterxml.jackson.core..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule REPORT = room(
            "report",
            List.of("manifest", "state", "selection", "dbt", "store"),
            "javax.xml.stream..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule DOCTOR = room("doctor", List.of("manifest", "dbt", "store"), "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule JENKINS_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage(Rooms.BASE + ".jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    @ArchTest
    static final ArchRule FRONT_DOORS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(Rooms.BASE + ".jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(Rooms.BASE + ".cli..");

    /** A room may use itself, the rooms given, the JDK and the libraries given, and nothing else. */
    private static ArchRule room(String name, List<String> rooms, String... libraries) {
        List<String> allowed = new ArrayList<>(List.of(libraries));
        allowed.add("java..");
        allowed.add(Rooms.BASE + "." + name + "..");
        rooms.forEach(room -> allowed.add(Rooms.BASE + "." + room + ".."));
        return classes()
                .that()
                .resideInAPackage(Rooms.BASE + "." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .allowEmptyShould(true);
    }
}
