package io.jenkins.plugins.dbtslim.blackbox;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a deploy notes of variables, by the controller's own key, and dbt's parse that travels with the manifest. Needs a
 * dbt that Python can import: {@code -Ddbt.venv=DIR}.
 */
class TravelsIT {
    private static final String MODEL = "select {{ var('min_qty') }} as id, '{{ env_var(\"REGION\") }}' as name";

    @RegisterExtension
    final Site site = new Site();

    @Test
    void anotherJobIsToldOtherValuesAndGoesOnFromTheParse() throws Exception {
        Assumptions.assumeTrue(SampleProject.venv() != null, "say where: -Ddbt.venv=DIR");
        String uri = Site.uri("travels");
        String s3 = site.s3Options(site.s3Credentials());
        site.pipeline(
                        "travels-deploy",
                        "node { withEnv(['REGION=eu']) {\n" + project().pipeline()
                                + "dbtFetchManifest(from: '" + uri + "', ifMissing: 'fullBuild'" + s3 + ")\n"
                                + "dbtSlimBuild(" + SampleProject.dbt()
                                + ", vars: '{min_qty: 5}', publish: [to: '" + uri + "'" + s3 + "])\n}}\n")
                .run()
                .assertResult("SUCCESS")
                .assertNoStackTrace();
        Build told = change("travels-told", uri, s3, "").assertConsole("var min_qty 5 → 8", "REGION");
        told.assertConsole("alsoChanged (--also-changed) builds");
        change("travels-built", uri, s3, ", alsoChanged: ['vars', 'env']")
                .assertConsole("var min_qty 5 → 8", "model.shop.customers");
    }

    private static SampleProject project() {
        return new SampleProject().with("models/customers.sql", MODEL);
    }

    private Build change(String name, String uri, String s3, String more) throws Exception {
        return site.pipeline(
                        name,
                        "node { withEnv(['REGION=us']) {\n" + project().pipeline()
                                + "dbtFetchManifest(from: '" + uri + "'" + s3 + ")\n"
                                + "dbtSlimBuild(" + SampleProject.dbt() + ", vars: '{min_qty: 8}'" + more
                                + ")\n}}\n")
                .run()
                .assertResult("SUCCESS")
                .assertNoStackTrace();
    }

    /** The parse is signed by the controller's key, and another workspace's folders are put right. */
    @Test
    void aFreshWorkspaceGoesOnFromTheParse() throws Exception {
        Assumptions.assumeTrue(SampleProject.venv() != null, "say where: -Ddbt.venv=DIR");
        String uri = Site.uri("warm");
        String s3 = site.s3Options(site.s3Credentials());
        String target = ", target: 'dev'";
        site.pipeline(
                        "warm-deploy",
                        "node {\n" + new SampleProject().pipeline()
                                + "dbtFetchManifest(from: '" + uri + "', ifMissing: 'fullBuild'" + s3 + ")\n"
                                + "dbtSlimBuild(" + SampleProject.dbt() + target
                                + ", keepParse: ['dev'], publish: [to: '"
                                + uri + "'" + s3 + "])\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertNoStackTrace();
        site.pipeline(
                        "warm-change",
                        "node {\n" + SampleProject.changed().pipeline() + "dbtFetchManifest(from: '" + uri
                                + "', also: ['parse:dev']" + s3 + ")\n" + "dbtSlimBuild(" + SampleProject.dbt() + target
                                + ")\n}\n")
                .run()
                .assertResult("SUCCESS")
                .assertConsole("dbt goes on from the parse that came with the manifest")
                .assertNoStackTrace();
    }
}
