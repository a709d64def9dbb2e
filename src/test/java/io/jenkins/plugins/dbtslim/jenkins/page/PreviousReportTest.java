package io.jenkins.plugins.dbtslim.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder.TestJob;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** Which earlier reports a build is compared with: CHANGE_TARGET is a name that its script may make up. */
class PreviousReportTest {
    private static final String ID = "dbt-slim";

    @TempDir
    Path folder;

    private TestFolder shop;
    private TestJob change;

    @BeforeEach
    void plant() {
        shop = TestFolder.top("shop");
        change = shop.job("PR-7");
    }

    @AfterEach
    void clear() {
        Jenkins.top().clear();
    }

    private TestBuild reported(TestJob job) throws IOException {
        return reported(job, RunStatus.SUCCESS);
    }

    private TestBuild reported(TestJob job, RunStatus status) throws IOException {
        TestBuild build = job.build(folder);
        SlimAction action = new SlimAction(ID, "key");
        Path file = Reports.file(build, ID).toPath();
        Files.createDirectories(file.getParent());
        RunFacts facts = new RunFacts(List.of(), List.of(), null, false);
        SlimReportFile.write(file, RunReport.of(DbtOutcome.without(status, "no"), null, facts, text -> text));
        action.end(status, "no", null, null, ActionReport.read(file, build, "another", null));
        build.addAction(action);
        return build;
    }

    private List<PreviousReport> of(TestBuild build, String target) {
        return PreviousReport.all(build, target, ID);
    }

    @Test
    void theOneBeforeAndThatOfTheTarget() throws IOException {
        TestBuild main = reported(shop.job("release%2F1"));
        TestBuild before = reported(change);
        change.build(folder);
        assertThat(of(change.build(folder), "release/1"))
                .containsExactly(new PreviousReport(before, ID), new PreviousReport(main, ID));
        assertThat(of(change.build(folder), null)).containsExactly(new PreviousReport(before, ID));
        assertThat(of(change.build(folder), "none")).containsExactly(new PreviousReport(before, ID));
    }

    /** A run that came to nothing says nothing of what fails: it must not hide what failed before. */
    @Test
    void oneThatCouldNotRunIsSteppedOver() throws IOException {
        TestBuild before = reported(change);
        reported(change, RunStatus.ERROR);
        reported(change, RunStatus.ABORTED);
        assertThat(of(change.build(folder), null)).containsExactly(new PreviousReport(before, ID));
    }

    @Test
    void noJobOfAnotherFolderNorItselfNorOneAtTheTop() throws IOException {
        reported(TestFolder.top("secret", "alice").job("main"));
        reported(TestJob.top("production"));
        TestBuild build = change.build(folder);
        try (ACLContext unused = ACL.as2(new UsernamePasswordAuthenticationToken("alice", ""))) {
            for (String target : new String[] {"/secret/main", "../secret/main", "/production", "PR-7", ""}) {
                assertThat(of(build, target)).as(target).isEmpty();
            }
        }
    }
}
