package io.jenkins.plugins.dbtslim.blackbox;

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

    /** A build that makes the environment. */
    private Job change(String folder, String name, String tag) {
        return site.pipelineIn(
                folder,
                name,
                "node {\n" + new SampleProject().pipeline() + "dbtFetchManifest(from: '" + Site.uri("never")
                        + "', ifMissing: 'fullBuild'" + site.s3Options(Site.name("s3")) + ")\n"
                        + "dbtSlimBuild(" + SampleProject.stub() + ", ciTag: '" + tag + "')\n}\n");
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
        site.s3Credentials();
        String folder = site.folder("changes");
        Job closed = change(folder, "PR-41", "gh_ci_41");
        closed.run().assertResult("SUCCESS");
        change(folder, "PR-42", "gh_ci_42").run().assertResult("SUCCESS");
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
