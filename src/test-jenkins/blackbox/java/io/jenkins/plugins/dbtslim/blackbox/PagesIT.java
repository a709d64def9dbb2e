package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a build shows, and to whom. A pull request may choose every name and text in it. */
class PagesIT {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @RegisterExtension
    final Site site = new Site();

    private Build hostile() throws InterruptedException {
        site.s3Credentials();
        return site.pipeline(
                        "hostile",
                        "node {\n"
                                + new SampleProject()
                                        .with(
                                                "models/" + HOSTILE + ".sql",
                                                "select '</pre><script>alert(2)</script>' as id")
                                        .pipeline()
                                + "dbtFetchManifest(from: '" + Site.uri("never") + "', ifMissing: 'fullBuild'"
                                + site.s3Options(Site.name("s3")) + ")\ndbtSlimBuild(" + SampleProject.stub()
                                + ", select: '<b>all</b>')\n}\n")
                .run()
                .assertResult("SUCCESS");
    }

    @Test
    void hostileNamesAndTextsAreEscaped() throws Exception {
        Build build = hostile();
        String page = build.reportPage("dbt-slim");
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain(HOSTILE)
                .doesNotContain("<script>alert(2)")
                .doesNotContain("<b>all</b>");
        assertThat(site.jenkins().get(build.path() + "/").good())
                .contains("dbt Slim Report")
                .doesNotContain(HOSTILE);
        assertThat(site.jenkins().get(build.job().path() + "/").good()).doesNotContain(HOSTILE);
    }

    @Test
    void reportCarriesNoInlineScriptOrStyleOfItsOwn() throws Exception {
        String page = hostile().reportPage("dbt-slim");
        String report = page.substring(page.indexOf("<div id=\"main-panel\""), page.indexOf("<footer"));
        assertThat(report.substring(report.indexOf("dbt-slim")))
                .doesNotContainPattern("<script(?![^>]*src)")
                .doesNotContainPattern("<style[ >]")
                .doesNotContainPattern("<[a-z]+(?:\\s+[a-z-]+=\"[^\"]*\")*\\s+on[a-z]+=");
    }

    @Test
    void whoMayNotReadTheJobSeesNoReport() throws Exception {
        Build build = hostile();
        Jenkins anonymous = Jenkins.anonymous();
        assumeTrue(site.jenkins().hasUser(), "needs -Djenkins.user and -Djenkins.token");
        assumeTrue(anonymous.get("/api/json").status() != 200, "everybody may read this Jenkins");
        for (String path : new String[] {"/dbt-slim/", "/", "/api/json?depth=2", "/dbt-slim/page/html"}) {
            Answer answer = anonymous.get(build.path() + path);
            assertThat(answer.status()).as(path).isBetween(300, 499);
            assertThat(answer.body()).as(path).doesNotContain("customers", "modified");
        }
    }

    @Test
    void tablesFollowTheAddressAndAQueryIsOnlyText() throws Exception {
        Build build = hostile();
        String found = site.jenkins()
                .get(build.path() + "/dbt-slim/?find=onerror&changes=7&run-sort=-time")
                .good();
        assertThat(found)
                .contains("name=\"find\" value=\"onerror\"", "aria-sort=\"descending\"")
                .contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(site.jenkins()
                        .get(build.path() + "/dbt-slim/?find=%3Cscript%3E&run=-1&run-sort=%22")
                        .good())
                .contains("Nothing has all these words.", "value=\"&lt;script&gt;\"")
                .doesNotContain("value=\"<script>");
    }

    @Test
    void aNodeHasAPageOfItsOwn() throws Exception {
        Build build = hostile();
        String id = "id=model.shop.%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E";
        String node = site.jenkins().get(build.path() + "/dbt-slim/node?" + id).good();
        assertThat(node)
                .contains("&lt;img src=x onerror=alert(1)&gt;", "dbt-slim-facts")
                .doesNotContain(HOSTILE);
        String fragment = site.jenkins()
                .get(build.path() + "/dbt-slim/nodeFragment?" + id)
                .good();
        assertThat(fragment).contains("dbt-slim-facts").doesNotContain(HOSTILE, "<html", "side-panel");
        assertThat(site.jenkins().get(build.path() + "/dbt-slim/node?id=none").status())
                .isEqualTo(404);
    }

    @Test
    void unknownPagesOfAReportAreNotFound() throws Exception {
        Build build = hostile();
        for (String path : new String[] {"/dbt-slim/nothing", "/dbt-slim/../../../config"}) {
            assertThat(site.jenkins().get(build.path() + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }
}
