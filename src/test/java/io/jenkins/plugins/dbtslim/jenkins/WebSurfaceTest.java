package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What of ours the web reaches: Stapler turns a public getter into a part of an address, an exported one into a value of the
 * remote API, and a method {@code doX} into an action. Each is written down here, so that none opens by accident.
 */
class WebSurfaceTest {
    private static final String ROOM = "io.jenkins.plugins.dbtslim.jenkins";
    private static final String HINT = "if everyone who may read the job may have it, write it down here; else make it"
            + " package-private, or give its method no name that Stapler follows";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOM);

    @Test
    void theRemoteApiGivesThisAndNoMore() {
        assertThat(names(CLASSES.stream(), method -> method.isAnnotatedWith("org.kohsuke.stapler.export.Exported")))
                .as(HINT)
                .containsExactlyInAnyOrder(
                        "Entry.getId",
                        "Entry.getNumber",
                        "Entry.getNumbers",
                        "Entry.getState",
                        "LiveCluster.getHydrated",
                        "LiveCluster.getLag",
                        "LiveCluster.getName",
                        "LiveCluster.getStatus",
                        "LiveCluster.getTotal",
                        "LiveState.getClusters",
                        "LiveState.getDone",
                        "LiveState.getFailed",
                        "LiveState.getPhase",
                        "LiveState.getRunning",
                        "LiveState.getSeconds",
                        "LiveState.getSecondsLeft",
                        "LiveState.getSecondsUntilLimit",
                        "LiveState.getSkipped",
                        "LiveState.getTotal",
                        "ActionCounts.getSeconds",
                        "ActionCounts.getSecondsSaved",
                        "ActionCounts.toMap",
                        "ActionPublication.getLines",
                        "ActionPublication.getPending",
                        "ActionPublication.getUri",
                        "ActionPublication.isFailed",
                        "ActionPublication.isPublished",
                        "BuildComparison.getBuild",
                        "BuildComparison.getFixed",
                        "BuildComparison.getFixedCount",
                        "BuildComparison.getNewlyFailing",
                        "BuildComparison.getNewlyFailingCount",
                        "BuildComparison.getStillFailing",
                        "BuildComparison.getStillFailingCount",
                        "BuildComparison.getUrl",
                        "SlimAction.getId",
                        "SlimAction.getMessage",
                        "SlimAction.getNumbers",
                        "SlimAction.getProgress",
                        "SlimAction.getPublication",
                        "SlimAction.getSince",
                        "SlimAction.getState",
                        "TrendAction.getBuilds");
    }

    @Test
    void addressesLeadToThisAndNoFurther() {
        assertThat(names(pages().stream(), WebSurfaceTest::isFollowed))
                .as(HINT)
                .containsExactlyInAnyOrder(
                        "ActionPublication.getLines",
                        "LiveState.getClusters",
                        "LiveState.getRunning",
                        "SlimAction.getApi",
                        "SlimAction.getDownload",
                        "SlimAction.getNumbers",
                        "SlimAction.getPage",
                        "SlimAction.getProgress",
                        "SlimAction.getPublication",
                        "SlimAction.getRun",
                        "SlimAction.getSince",
                        "SlimAction.getState",
                        "TrendAction.getApi",
                        "TrendAction.getBuilds",
                        "TrendAction.getJob");
    }

    /** Helpers of forms have their own rule (POST only, and a permission first); the others only give files of a report. */
    @Test
    void nothingCanBeDoneByAddressButHelpingFormsAndDownloads() {
        assertThat(names(CLASSES.stream(), method -> isWebMethod(method) && !isFormHelper(method)))
                .as(HINT)
                .containsExactlyInAnyOrder(
                        "Downloads.doJunitXml",
                        "Downloads.doReportHtml",
                        "Downloads.doReportJson",
                        "Downloads.doReportZip",
                        "Downloads.doSummaryMd");
    }

    /** Who may ask them shows a running Jenkins only; that none was forgotten there shows already here. */
    @Test
    void everyHelperOfFormsIsAskedByEachKindOfUser() throws IOException {
        String rows = Files.readString(
                Path.of("src/test-jenkins/java/io/jenkins/plugins/dbtslim/jenkins/PermissionsTest.java"));
        assertThat(names(CLASSES.stream(), WebSurfaceTest::isFormHelper))
                .filteredOn(name -> !rows.contains(name.replaceFirst(".*[.]", ".") + '"'))
                .as("add a row to PermissionsTest")
                .isEmpty();
    }

    private static boolean isWebMethod(JavaMethod method) {
        return method.getName().matches("(do|js)[A-Z].*")
                || method.isAnnotatedWith("org.kohsuke.stapler.WebMethod")
                || method.isAnnotatedWith("org.kohsuke.stapler.bind.JavaScriptMethod");
    }

    private static boolean isFormHelper(JavaMethod method) {
        return method.getName().matches("do(Fill|Check|Test)[A-Z].*");
    }

    private static Set<String> names(Stream<JavaClass> classes, Predicate<JavaMethod> which) {
        TreeSet<String> names = new TreeSet<>();
        classes.flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.BRIDGE))
                .filter(which)
                .forEach(method -> names.add(method.getOwner().getSimpleName() + "." + method.getName()));
        return names;
    }

    /** Our actions, and what of ours their getters lead to. */
    private static Set<JavaClass> pages() {
        Deque<JavaClass> open = new ArrayDeque<>();
        CLASSES.stream()
                .filter(type -> type.isAssignableTo("hudson.model.Action"))
                .forEach(open::add);
        Set<JavaClass> pages = new HashSet<>();
        while (!open.isEmpty()) {
            JavaClass type = open.remove();
            if (pages.add(type)) {
                type.getMethods().stream()
                        .filter(WebSurfaceTest::isFollowed)
                        .map(JavaMethod::getRawReturnType)
                        .filter(result -> result.getPackageName().startsWith(ROOM))
                        .forEach(open::add);
            }
        }
        return pages;
    }

    /** Stapler follows getters of objects, also such that take a part of the address. */
    private static boolean isFollowed(JavaMethod method) {
        JavaClass result = method.getRawReturnType();
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.STATIC)
                && method.getName().matches("get[A-Z].*")
                && !result.isPrimitive()
                && !result.getName().equals(String.class.getName());
    }
}
