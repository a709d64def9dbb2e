package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.User;
import hudson.scm.NullSCM;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.impl.SingleSCMSource;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.AbstractWorkflowBranchProjectFactory;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose manifests a build may fetch by {@code build:}, for each identity that it may run with. */
@WithJenkins
class BuildStoreTest {
    private static final String MANIFEST =
            "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\"1.10.0\","
                    + "\"project_name\":\"shop\"},\"nodes\":{}}";
    private static final String PUBLISH = "node {\nwriteFile file: 'target/manifest.json', text: '" + MANIFEST
            + "'\ndbtPublishManifest manifest: 'target/manifest.json', asItIs: true, to: \"build:";

    private static JenkinsRule jenkins;
    private static int number;
    private MockAuthorizationStrategy rights;
    private MockFolder theirs;
    private MockFolder ours;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
    }

    @BeforeEach
    void publish() throws Exception {
        identities(Map.of());
        rights = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Computer.BUILD)
                .everywhere()
                .toEveryone();
        jenkins.jenkins.setAuthorizationStrategy(rights);
        theirs = jenkins.createProject(MockFolder.class, "theirs" + ++number);
        ours = jenkins.createProject(MockFolder.class, "ours" + number);
        jenkins.buildAndAssertSuccess(pipeline(theirs, "main", PUBLISH + "main\"\n}"));
    }

    private static WorkflowJob pipeline(MockFolder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static String fetch(String job) {
        return "node {\ndef f = dbtFetchManifest 'build:" + job + "'\necho \"version ${f.dbtVersion}\"\n}";
    }

    /** From now on builds of the jobs with these names run as these users. */
    private static void identities(Map<String, String> users) {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator();
        users.forEach((job, user) ->
                authenticator.authenticate(job, User.getById(user, true).impersonate2()));
        if (!users.isEmpty()) {
            QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);
        }
    }

    private static void fetches(Job<?, ?> job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess((WorkflowJob) job);
        jenkins.assertLogContains("version 1.10.0", run);
    }

    private void mayNot(WorkflowJob job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(
                "ERROR: There is no job \"/" + theirs.getFullName() + "/main\", seen from " + job.getFullName(), run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void systemReadsWhatEverySignedInUserMayRead() throws Exception {
        WorkflowJob job = pipeline(ours, "pr", fetch("/" + theirs.getFullName() + "/main"));
        mayNot(job);
        rights.grant(Item.READ).onItems(theirs, theirs.getItem("main")).toAuthenticated();
        fetches(job);
    }

    @Test
    void buildsOwnIdentityDecides() throws Exception {
        WorkflowJob job = pipeline(ours, "pr", fetch("/" + theirs.getFullName() + "/main"));
        rights.grant(Item.READ).onItems(theirs, theirs.getItem("main")).to("alice");
        rights.grant(Item.DISCOVER).onItems(theirs, theirs.getItem("main")).to("carol");
        identities(Map.of(job.getFullName(), "alice"));
        fetches(job);
        identities(Map.of(job.getFullName(), "bob"));
        mayNot(job);
        identities(Map.of(job.getFullName(), "carol"));
        mayNot(job);
    }

    @Test
    void neighboursNeedNoRight() throws Exception {
        WorkflowJob job = pipeline(theirs, "pr", fetch("main"));
        fetches(job);
        identities(Map.of(job.getFullName(), "bob"));
        fetches(job);
    }

    @Test
    void jobsAtTheTopAreNoNeighbours() throws Exception {
        String top = "top" + number;
        WorkflowJob main = jenkins.createProject(WorkflowJob.class, top);
        main.setDefinition(new CpsFlowDefinition(PUBLISH + top + "\"\n}", true));
        jenkins.buildAndAssertSuccess(main);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pr" + number);
        job.setDefinition(new CpsFlowDefinition(fetch(top), true));
        jenkins.assertLogContains(
                "ERROR: There is no job \"" + top + "\"", jenkins.buildAndAssertStatus(Result.FAILURE, job));
        rights.grant(Item.READ).onItems(main).toAuthenticated();
        fetches(job);
    }

    @Test
    void branchesOfOneProjectAreNeighbours() throws Exception {
        WorkflowMultiBranchProject project =
                jenkins.createProject(WorkflowMultiBranchProject.class, "branches" + number);
        project.setProjectFactory(new EveryBranch("if (env.BRANCH_NAME == 'main') {\n" + PUBLISH
                + "${env.JOB_BASE_NAME}\"\n}\n} else {\n" + fetch("main") + "\n}"));
        for (String branch : List.of("main", "feature/x")) {
            project.getSourcesList().add(new BranchSource(new SingleSCMSource(branch, branch, new NullSCM())));
        }
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        assertThat(project.getItems()).hasSize(2);
        identities(Map.of(project.getFullName() + "/feature%2Fx", "bob"));
        fetches(project.getItem("feature%2Fx"));
    }

    /** Builds every branch by the same script. */
    public static final class EveryBranch extends AbstractWorkflowBranchProjectFactory {
        private final String script;

        EveryBranch(String script) {
            this.script = script;
        }

        @Override
        protected FlowDefinition createDefinition() {
            try {
                return new CpsFlowDefinition(script, true);
            } catch (Descriptor.FormException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected SCMSourceCriteria getSCMSourceCriteria(SCMSource source) {
            return null;
        }
    }
}
