package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Environments of change requests: dropped by name, and dropped when their job is gone. */
class DropIT {
    @RegisterExtension
    final Site site = new Site();

    private static String drop(String options) {
        return "node {\n" + new SampleProject().pipeline() + "def r = dbtDropEnvironment(" + SampleProject.stub()
                + options + ")\necho \"dropped ${r.dropped} stale ${r.stale} kept ${r.kept}\"\n}\n";
    }

    /** A change request's job that makes its environment; more are further options. */
    private Job change(String folder, int number, String more) {
        return site.pipelineIn(
                folder,
                "PR-" + number,
                "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + "dbtSlimBuild("
                        + SampleProject.stub() + ", ciTag: 'gh_ci_" + number + "'" + more + ")\n}\n");
    }

    @Test
    void dropsTheOneThatIsNamed() throws Exception {
        site.pipeline("named", drop(", ciTag: 'gh_ci_42'"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Dropped the environment gh_ci_42", "dropped [gh_ci_42] stale [gh_ci_42] kept []");
        site.pipeline("variable", "withEnv(['CI_TAG=gh_ci_43']) {\n" + drop("") + "}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Dropped the environment gh_ci_43");
    }

    @Test
    void freestyleDoesTheSame() throws Exception {
        site.freestyle(
                        "freestyle-drop",
                        new SampleProject().shell(),
                        "<io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep_-FreestyleBuilder><options"
                                + " class=\"io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep\"><dbt>bin/dbt</dbt>"
                                + "<ciTag>gh_ci_44</ciTag></options></io.jenkins.plugins.dbtslim.jenkins.step.drop.DropStep_-FreestyleBuilder>")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Dropped the environment gh_ci_44");
    }

    @Test
    void dropsWhatClosedChangeRequestsLeft() throws Exception {
        site.changeIds();
        String folder = site.folder("changes");
        Job closed = change(folder, 41, "");
        closed.run().assertResult("SUCCESS");
        change(folder, 42, "").run().assertResult("SUCCESS");
        closed.delete();
        Job tidy = site.pipelineIn(folder, "main", drop(", stale: true"));
        site.pipelineIn(folder, "dry", drop(", stale: true, dryRun: true"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "Would drop the environment gh_ci_41",
                        "Keeping the environment gh_ci_42: the job PR-42 is there",
                        "dropped [] stale [gh_ci_41] kept [gh_ci_42]");
        tidy.run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "The environment gh_ci_41 is stale: its job PR-41 is gone",
                        "dropped [gh_ci_41] stale [gh_ci_41] kept [gh_ci_42]");
        tidy.run().assertResult("SUCCESS").assertConsole("No environment is stale");
        site.pipeline("elsewhere", drop(", stale: true, dryRun: true, project: '" + folder + "'"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("kept [gh_ci_42]");
    }

    /** The tags are those of production and of another one's environment; the clean-up would drop them when PR-48 is closed. */
    @Test
    void aChangeRequestPutsNoOtherEnvironmentOnRecord() throws Exception {
        site.changeIds();
        String folder = site.folder("attack");
        change(folder, 47, "").run().assertResult("SUCCESS");
        Job attack = site.pipelineIn(
                folder,
                "PR-48",
                "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                        + "for (t in ['production', 'gh_ci_47']) {\ntry { withEnv(['CHANGE_ID=47']) { dbtSlimBuild("
                        + SampleProject.stub() + ", ciTag: t) } } catch (e) { echo \"refused: ${e.message}\" }\n"
                        + "try { dbtDropEnvironment(" + SampleProject.stub()
                        + ", ciTag: t) } catch (e) { echo \"kept: ${e.message}\" }\n}\n}\n");
        attack.run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "refused: The environment \"production\" does not belong to change request 48",
                        "kept: The environment \"production\" does not belong to change request 48",
                        "refused: The environment \"gh_ci_47\" does not belong to change request 48",
                        "kept: The environment \"gh_ci_47\" does not belong to change request 48");
        attack.delete();
        site.pipelineIn(folder, "main", drop(", stale: true"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "Keeping the environment gh_ci_47: the job PR-47 is there",
                        "No environment is stale",
                        "dropped [] stale [] kept [gh_ci_47]");
    }

    @Test
    void nothingIsDroppedWhileABuildIsAtWorkInIt() throws Exception {
        site.changeIds();
        String folder = site.folder("held");
        Build build = site.pipelineIn(
                        folder,
                        "PR-49",
                        "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                                + "withEnv(['STUB_SLEEP=600']) { dbtSlimBuild(" + SampleProject.stub()
                                + ", ciTag: 'gh_ci_49', target: 'dev') }\n}\n")
                .start()
                .awaitLine("stub: second 1");
        site.pipelineIn(folder, "neighbour", drop(", ciTag: 'gh_ci_49'"))
                .run()
                .assertResult("FAILURE")
                .assertConsole("PR-49 #1 is running in the same environment (")
                .assertNoStackTrace();
        build.stop().await().assertResult("ABORTED");
    }

    /** Records, reports and names of jobs that the build's own identity may not read. */
    @Test
    void whatABuildMayNotReadItNeitherDropsNorNames() throws Exception {
        site.changeIds();
        String folder = site.folder("hidden");
        Job closed = change(folder, 51, "");
        closed.run().assertResult("SUCCESS");
        closed.delete();
        String hold = "node {\n" + new SampleProject().pipeline() + site.fetchNothing()
                + "withEnv(['STUB_SLEEP=SECONDS', 'STUB_FAIL=customers']) { dbtSlimBuild(" + SampleProject.stub()
                + ", ciTag: 'gh_ci_52', host: 'mz.example.com') }\n}\n";
        Job secret = site.pipeline("secret", hold.replace("SECONDS", "0"));
        secret.run().assertResult("FAILURE");
        Job target = site.pipeline(
                "target",
                "node {\n" + new SampleProject().pipeline() + site.fetchNothing() + "withEnv(['CHANGE_TARGET="
                        + secret.name() + "']) { def r = dbtSlimBuild(" + SampleProject.stub()
                        + ")\necho \"fixed: ${r.fixed} ${r.markdown.replace('\\\\', '')}\" }\n}\n");
        // There is something to tell, and it is told as long as the job may be read.
        target.run()
                .assertResult("SUCCESS")
                .assertConsole("fixed: [model.shop.customers]", "Since " + secret.name() + " #1");
        Build holder = site.pipelineIn(folder, "PR-52", hold.replace("SECONDS", "600"))
                .start()
                .awaitLine("stub: second 1");
        site.hideJobs();
        site.pipeline("other-project", drop(", stale: true, project: '" + folder + "'"))
                .run()
                .assertResult("FAILURE")
                .assertConsole("\"" + folder + "\"")
                .assertNoStackTrace();
        String log = site.pipeline("lock", hold.replace("SECONDS", "0"))
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: Another build is running in the same environment (mz.example.com gh_ci_52)")
                .console();
        assertThat(log).doesNotContain("PR-52").doesNotContain(folder);
        String since =
                target.run().assertResult("SUCCESS").assertConsole("fixed: []").console();
        assertThat(since.replace("CHANGE_TARGET=" + secret.name(), "")).doesNotContain("Since " + secret.name());
        holder.stop().await().assertResult("ABORTED");
        site.pipelineIn(folder, "main", drop(", stale: true, dryRun: true"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Would drop the environment gh_ci_51");
    }

    @Test
    void mistakesCostOneSentence() throws Exception {
        fails("no-tag", drop(""), "set ciTag");
        fails("bad-tag", drop(", ciTag: 'a;b'"), "cannot be a CI tag");
        fails("both", drop(", ciTag: 'a', stale: true"), "not both");
        fails("top", drop(", stale: true"), "name it with project");
        fails("project", drop(", stale: true, project: 'no/such'"), "\"no/such\"");
        fails("checkout", "node { dbtDropEnvironment(ciTag: 'gh_ci_42', projectDir: 'nowhere') }", "dbt_project.yml");
    }

    private void fails(String name, String script, String sentence) throws InterruptedException {
        site.pipeline(name, script)
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: ", sentence)
                .assertNoStackTrace();
    }
}
