package io.jenkins.plugins.dbtslim.jenkins.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.TestBuild;
import io.jenkins.plugins.dbtslim.jenkins.page.Reports;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.report.data.SlimReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that never came to dbt ends with a report of its own too, and with none of an earlier run. */
class FinishedRunTest {
    private static final String WHY = "The credentials \"mz\" are not there.";

    @TempDir
    private Path folder;

    private TestBuild build;
    private Path junit;

    @BeforeEach
    void makeBuild() throws IOException {
        build = new TestBuild(folder.resolve("build"));
        junit = Files.createDirectory(folder.resolve("shop")).resolve("junit.xml");
        Files.writeString(junit, "<testsuites>of an earlier build</testsuites>");
    }

    private FinishedRun without(String id, String sentence, boolean aborted) throws Exception {
        return without(id, "junit.xml", sentence, aborted);
    }

    private FinishedRun without(String id, String results, String sentence, boolean aborted) throws Exception {
        StepSite site = new StepSite(
                build, new FilePath(folder.resolve("shop").toFile()), new EnvVars(), Set.of(), null, build.listener());
        RunFacts facts = new RunFacts(List.of("state:modified+"), List.of(), null, true);
        return FinishedRun.without(site, id, new StepKey("shop#12", "7"), facts, results, sentence, aborted);
    }

    private SlimReport report(String id) throws IOException {
        try (SlimReportFile file = SlimReportFile.open(Reports.file(build, id).toPath())) {
            return file.report();
        }
    }

    @Test
    void thePageSaysThatItCouldNotRunAndWhy() throws Exception {
        FinishedRun ended = without("dbt-slim", WHY, false);
        assertThat(ended.action().getState()).isEqualTo(RunStatus.ERROR);
        assertThat(ended.action().getMessage()).isEqualTo(WHY);
        assertThat(report("dbt-slim").outcome()).isEqualTo(RunStatus.ERROR);
        assertThat(report("dbt-slim").run().messages()).containsExactly(WHY);
        assertThat(ended.report().markdown()).contains("Could not run");
        assertThat(junit).content().contains("<error").contains("credentials").doesNotContain("earlier");
    }

    @Test
    void anAbortIsOne() throws Exception {
        FinishedRun ended = without("dbt-slim", "It was aborted before dbt began.", true);
        assertThat(ended.action().getState()).isEqualTo(RunStatus.ABORTED);
        assertThat(report("dbt-slim").outcome()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void anIdThatIsNoneHasAPageTooAndARunThatEndedKeepsItsOwn() throws Exception {
        assertThat(without("../x", WHY, false).action().getId()).isEqualTo(SlimAction.DEFAULT_ID);
        assertThat(without("../x", "something else", false)).isNull();
        assertThat(report(SlimAction.DEFAULT_ID).run().messages()).containsExactly(WHY);
    }

    /** The refusal itself is such an end: it wrote where the link led. */
    @Test
    void resultsAreNotWrittenWhereALinkOfTheCheckoutLeads() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("shop/out"), elsewhere);
        assertThatThrownBy(() -> without("dbt-slim", "out/junit.xml", WHY, false))
                .hasMessageStartingWith("junit leads out of the workspace by a link");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(report("dbt-slim").run().messages()).containsExactly(WHY);
    }
}
