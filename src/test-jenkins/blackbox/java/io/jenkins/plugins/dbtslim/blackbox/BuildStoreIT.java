package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code build:}: a job keeps production's manifest, and its neighbours fetch it; nothing else is needed. */
class BuildStoreIT {
    @RegisterExtension
    final Site site = new Site();

    private static String deploy(String version, String to, String after) {
        return "node {\nwriteFile file: 'target/manifest.json', text: '{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\""
                + version + "\",\"project_name\":\"shop\"},\"nodes\":{}}'\n"
                + "def p = dbtPublishManifest to: '" + to
                + "', manifest: 'target/manifest.json', asItIs: true\necho \"published ${p.uri} ${p.verified}\"\n"
                + after + "}";
    }

    private static String fetch(String from) {
        return "node {\ndef f = dbtFetchManifest(from: '" + from + "', ifMissing: 'fullBuild', to: 's/manifest.json')\n"
                + "echo \"found ${f.found} full ${f.fullBuild} version ${f.dbtVersion} of ${f.versionId} there ${fileExists('s/manifest.json')}\"\n}";
    }

    @Test
    void neighboursFetchWhatWasPublishedLast() throws Exception {
        String folder = site.folder("kept");
        Job pull = site.pipelineIn(folder, "PR-7", fetch("build:main"));
        Job main = site.pipelineIn(folder, "main", deploy("1.10.0", "build:main", ""));
        pull.run().assertResult("SUCCESS").assertConsole("found false full true");

        Build first = main.run().assertResult("SUCCESS");
        first.assertConsole("published build:/" + folder + "/main true");
        pull.run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "Fetched build:/" + folder + "/main",
                        first.path().substring(1),
                        "found true full false version 1.10.0 of #1 there true");
        pull.run().assertConsole("Not fetched again, because it has not changed");

        // What was published is so, although the build failed later.
        String bad = deploy("1.10.1", "build:main", "error 'later'\n");
        site.jenkins()
                .post(
                        main.path() + "/config.xml",
                        "application/xml",
                        main.configXml()
                                .replaceFirst(
                                        "(?s)<script>.*</script>",
                                        java.util.regex.Matcher.quoteReplacement(
                                                "<script>" + Site.xml(bad) + "</script>")))
                .good();
        Build failed = main.run().assertResult("FAILURE").assertConsole("Published build:");
        pull.run().assertConsole("version 1.10.1 of #2");

        // Nor does production change when Jenkins discards builds.
        site.jenkins().post(failed.path() + "/doDelete");
        site.jenkins().post(first.path() + "/doDelete");
        pull.run().assertConsole("version 1.10.1 of #2");
    }

    @Test
    void freestyleJobsOfAFolderAreNeighboursToo() throws Exception {
        String type = "io.jenkins.plugins.dbtslim.jenkins.step.";
        String folder = site.folder("free");
        String write = deploy("1.10.0", "", "").replaceAll("(?s).*text: '(\\{.*?\\})'.*", "$1");
        site.freestyleIn(
                        folder,
                        "main",
                        "<hudson.tasks.Shell><command>mkdir -p target; echo '" + write
                                + "' &gt; target/manifest.json</command></hudson.tasks.Shell>",
                        "<" + type
                                + "publish.PublishStep_-FreestyleBuilder><options><to>build:${JOB_BASE_NAME}</to><manifest>target/manifest.json</manifest><asItIs>true</asItIs></options></"
                                + type + "publish.PublishStep_-FreestyleBuilder>")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Published build:/" + folder + "/main");
        String fetch = "<" + type + "fetch.FetchStep_-FreestyleBuilder><options><from>build:NAME</from></options></"
                + type + "fetch.FetchStep_-FreestyleBuilder>";
        site.freestyleIn(folder, "pr", fetch.replace("NAME", "main"))
                .run()
                .assertResult("SUCCESS")
                .assertConsole("Fetched build:/" + folder + "/main");
    }

    @Test
    void onlyTheJobItselfPublishes() throws Exception {
        String folder = site.folder("own");
        site.pipelineIn(folder, "main", deploy("1.10.0", "build:main", ""))
                .run()
                .assertResult("SUCCESS");
        site.pipelineIn(folder, "other", deploy("1.10.1", "build:main", ""))
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: Not published: a build publishes to its own job only, and build:/" + folder
                        + "/main is another job")
                .assertNoStackTrace();
        site.pipelineIn(folder, "change", "withEnv(['CHANGE_ID=7']) {\n" + deploy("1.10.1", "build:change", "") + "}")
                .run()
                .assertResult("FAILURE")
                .assertConsole(
                        "ERROR: Not published to build:/" + folder + "/change: this build is for the change request 7")
                .assertNoStackTrace();
    }

    @Test
    void jobThatIsNotThereCostsOneSentence() throws Exception {
        String folder = site.folder("none");
        Build build = site.pipelineIn(folder, "pr", fetch("build:nowhere"))
                .run()
                .assertResult("FAILURE")
                .assertConsole("ERROR: There is no job \"nowhere\", seen from " + folder + "/pr")
                .assertNoStackTrace();
        assertThat(build.console()).doesNotContain("null");
    }
}
