package io.jenkins.plugins.dbtslim.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jenkins.model.Jenkins;
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
