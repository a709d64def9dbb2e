package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dbtslim.standin.SampleProject;
import io.jenkins.plugins.dbtslim.standin.Standin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pull requests as a code host and its branch source bring them: the number of the change request is that of the head that
 * was found, and its job goes when it is closed. The Jenkinsfile is made of the documented samples, dbt and the database's
 * stand-in lie on this machine. Needs the plugin gitea in the Jenkins under test.
 */
class MultibranchIT {
    private static final String STATE = "store/manifest.json";
    private static final String RUN = "dbt-slim";
    private static final String ORDER_TOTALS = "models/marts/order_totals.sql";
    /** An order that two tests of the project refuse. */
    private static final String NEGATIVE = "union all select 1, 1, null, -7\n";

    @RegisterExtension
    final Site site = new Site();

    @RegisterExtension
    final Standin materialize = Standin.materialize();

    @TempDir
    Path folder;

    private CodeHost host;
    private SampleProject project;
    private Multibranch jobs;

    @BeforeEach
    void codeHost() throws Exception {
        assumeTrue(
                site.script("print Jenkins.get().pluginManager.getPlugin('gitea')?.active")
                        .startsWith("true"),
                "needs gitea");
        host = new CodeHost(folder);
        materialize.createCluster("prod_serving", 1);
        project = Standin.project(host.tree());
        project.write("Jenkinsfile", jenkinsfile()).write(".gitignore", "target/\nlogs/\n.dbt-state/\n");
        host.push("Begin");
    }

    @AfterEach
    void noCodeHost() {
        if (host != null) {
            host.close();
        }
    }

    /** The samples are stages of one file, each for its kind of branch. */
    private String jenkinsfile() throws Exception {
        String environment = materialize.environment().entrySet().stream()
                .filter(variable -> !variable.getKey().matches("MZ_USER|MZ_PASSWORD"))
                .map(variable -> variable.getKey() + " = '" + variable.getValue() + "'\n")
                .collect(Collectors.joining());
        return "pipeline {\nagent any\noptions { disableConcurrentBuilds() }\nenvironment {\n" + environment
                + "DBT_MANIFEST = 'file:" + folder.resolve(STATE) + "'\nPATH = \""
                + Standin.venv("1.11").resolve("bin") + ":${env.PATH}\"\n}\nstages {\n"
                + stage("pull-request") + stage("production") + stage("clean-up") + "}\n}\n";
    }

    private static String stage(String sample) throws Exception {
        String text = Files.readString(Path.of("src/docs/examples", sample + ".Jenkinsfile"));
        Matcher stage =
                Pattern.compile("(?s)\n( *stage\\(.*?\n)  \\}\n\\}\\s*$").matcher(text);
        assertThat(stage.find()).as(text).isTrue();
        return stage.group(1);
    }

    private void scan(String pulls) throws Exception {
        if (jobs == null) {
            jobs = new Multibranch(site, host, pulls);
            jobs.credentials("materialize", materialize.environment());
        }
        jobs.scan();
    }

    private JsonNode json(Build build) {
        return site.jenkins().json(build.path() + "/" + RUN + "/api/json");
    }

    private static Build ended(Build build, String result) throws Exception {
        return build.await().assertResult(result);
    }

    /** A branch on top of production that changes one file, as a pull request. */
    private String open(int number, String file, String more) throws Exception {
        host.checkout("main");
        host.checkout("change-" + number);
        project.append(file, more);
        String commit = host.push("change-" + number, "Change " + number);
        host.open(number, "change-" + number);
        return commit;
    }

    @Test
    void openedPushedOvertakenMergedOrClosed() throws Exception {
        scan("head");
        ended(jobs.build("main", 1), "SUCCESS").assertConsole("Building everything", "Published file:");

        String red = open(41, ORDER_TOTALS, "having sum(i.line_total) >= 0 " + NEGATIVE);
        open(42, "models/staging/stg_orders.sql", "\n-- 42\n");
        open(43, "models/staging/stg_orders.sql", "\n-- 43\n");
        jobs.scan();
        Build opened = ended(jobs.build("PR-41", 1), "FAILURE")
                .assertConsole(
                        "environment gh_ci_41: cluster created",
                        "Against production: 0 new, 1 modified, 0 removed; 2 set off by that",
                        "failed: test.slim_demo.no_negative_totals");
        assertThat(opened.reportPage(RUN))
                .contains(">41</a>", host.url() + "/roastery/shop/pulls/41", ">change-41<", red);
        ended(jobs.build("PR-42", 1), "SUCCESS");
        ended(jobs.build("PR-43", 1), "SUCCESS");
        assertThat(host.status(red)).isEqualTo("failure");
        assertThat(materialize.clusters()).isEqualTo("gh_ci_41\ngh_ci_42\ngh_ci_43\nprod_serving");
        assertThat(jobs.records()).isEqualTo("gh_ci_41 PR-41\ngh_ci_42 PR-42\ngh_ci_43 PR-43\n");

        host.checkout("change-41");
        project.replace(ORDER_TOTALS, NEGATIVE, "");
        host.push("change-41", "Mend it");
        jobs.scan();
        Build pushed = ended(jobs.build("PR-41", 2), "SUCCESS").assertConsole("environment gh_ci_41: cluster exists");
        assertThat(json(pushed).at("/since/0/build").asText()).endsWith("PR-41 #1");
        assertThat(json(pushed).at("/since/0/fixed").toString()).contains("test.slim_demo.no_negative_totals");

        host.checkout("main");
        project.append("models/staging/stg_customers.sql", "\n-- main\n");
        host.push("Production goes on");
        jobs.scan();
        ended(jobs.build("main", 2), "SUCCESS")
                .assertConsole("(which the next build of the change request in gh_ci_42 makes again)");
        Build overtaken = jobs.job("PR-42")
                .run()
                .assertResult("SUCCESS")
                .assertConsole(
                        "Production is 1 commit ahead of this branch.",
                        "Against production: 0 new, 1 modified, 0 removed");
        assertThat(json(overtaken).at("/numbers/counts/behind").asInt()).isEqualTo(1);

        host.merge(41);
        assertThat(jobs.scan()).contains("Will remove PR-41");
        ended(jobs.build("main", 3), "SUCCESS")
                .assertConsole(
                        "environment gh_ci_41: dropped schema gh_ci_41_marts",
                        "modified: model.slim_demo.order_totals: body",
                        "Published file:");
        assertThat(materialize.clusters()).isEqualTo("gh_ci_42\ngh_ci_43\nprod_serving");
        assertThat(jobs.records()).isEqualTo("gh_ci_42 PR-42\ngh_ci_43 PR-43\n");

        host.close(42);
        assertThat(jobs.scan()).contains("Will remove PR-42");
        assertThat(jobs.has("PR-42")).isFalse();
        jobs.timer("main")
                .assertResult("SUCCESS")
                .assertConsole(
                        "The environment gh_ci_42 is stale: its job PR-42 is gone",
                        "Keeping the environment gh_ci_43: the job PR-43 is there",
                        "Dropped the environment gh_ci_42");
        assertThat(materialize.clusters()).isEqualTo("gh_ci_43\nprod_serving");
        assertThat(materialize.schemas()).doesNotContain("gh_ci_42").contains("gh_ci_43_staging", "public_marts");
        assertThat(jobs.records()).isEqualTo("gh_ci_43 PR-43\n");
    }

    @Test
    void aForkGetsNoCredentialsUnlessItsAuthorIsTrusted() throws Exception {
        scan("merge");
        ended(jobs.build("main", 1), "SUCCESS");
        host.invite("grace");
        host.checkout("of-grace");
        project.append("models/staging/stg_orders.sql", "\n-- grace\n");
        String theirs = host.openOfFork(51, "grace", "Of a collaborator");
        host.checkout("main");
        host.checkout("of-mallory");
        project.append("models/staging/stg_orders.sql", "\n-- mallory\n");
        project.write("Jenkinsfile", "node { echo 'stolen' }\n");
        host.openOfFork(66, "mallory", "Of a stranger");
        host.checkout("main");
        project.write("README.md", "The shop\n");
        host.push("Go on, so that there is something to merge");
        jobs.scan();
        Build merged = ended(jobs.build("PR-51", 1), "SUCCESS")
                .assertConsole("Merge succeeded, producing", "environment gh_ci_51: cluster created");
        assertThat(merged.console()).doesNotContain("Merge succeeded, producing " + theirs);
        assertThat(merged.reportPage(RUN)).contains(">" + theirs + "<");
        Build untrusted = ended(jobs.build("PR-66", 1), "FAILURE")
                .assertConsole(
                        "Loading trusted files from base branch main",
                        "‘Jenkinsfile’ has been modified in an untrusted revision",
                        "ERROR: The credentials \"materialize\" are not given to dbt: PR-66 comes from the fork mallory/shop,"
                                + " whose author the branch source does not trust")
                .assertNoStackTrace();
        assertThat(untrusted.console()).doesNotContain("stolen", "Running with dbt", "MZ_PASSWORD");
        assertThat(untrusted.reportPage(RUN)).contains("Could not run", "PR-66 comes from the fork mallory/shop");
        assertThat(materialize.clusters()).isEqualTo("gh_ci_51\nprod_serving");
        assertThat(materialize.schemas()).doesNotContain("gh_ci_66");
        assertThat(jobs.records()).isEqualTo("gh_ci_51 PR-51\n");
    }
}
