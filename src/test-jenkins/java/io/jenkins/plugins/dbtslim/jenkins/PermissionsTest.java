package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.Functions;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.bind.JavaScriptMethod;
import org.kohsuke.stapler.verb.POST;

/**
 * Who may call what: each web method of ours by each kind of user, inside of a job and outside. The methods are found by
 * reflection: one without a row here fails the test.
 */
@WithJenkins
class PermissionsTest {
    private static final List<String> USERS = List.of("anonymous", "reader", "builder", "configurer", "administrator");
    private static final Set<String> ADMINISTRATORS_ONLY = Set.of("DbtSlimConfiguration", "RequirementsInstaller");
    /** What the helper of a form is asked with, and what an answer has that only those see who may configure. */
    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    private static JenkinsRule jenkins;
    private static WorkflowJob job;

    /**
     * One web method.
     *
     * @param query of the request
     * @param answer part of what a user with the right is told
     */
    private record Row(String query, String answer) {}

    static {
        Row credentials = new Row("credentialsId=", "\"mz\"");
        Row location = new Row("value=s3://nothing", "s3://bucket");
        Row results = new Row("", "unstable");
        ROWS.put("FetchStep.doCheckFrom", location);
        ROWS.put("FetchStep.doCheckEndpoint", new Row("value=nowhere", "error"));
        ROWS.put("FetchStep.doFillCredentialsIdItems", credentials);
        ROWS.put("FetchStep.doCheckAlso", new Row("value=all", "error"));
        ROWS.put("FetchStep.doFillIfMissingItems", new Row("", "fullBuild"));
        ROWS.put("PublishStep.doCheckTo", location);
        ROWS.put("PublishStep.doCheckKmsKeyId", new Row("value=key&sse=AES256", "error"));
        ROWS.put("PublishStep.doCheckEndpoint", new Row("value=nowhere", "error"));
        ROWS.put("PublishStep.doFillCredentialsIdItems", credentials);
        ROWS.put("PublishStep.doFillOnConflictItems", new Row("", "overwrite"));
        ROWS.put("PublishStep.doFillSseItems", new Row("", "aws:kms"));
        ROWS.put("SlimBuildStep.doCheckSelect", new Row("value=nomethod:x", "error"));
        ROWS.put("SlimBuildStep.doCheckExclude", new Row("value=nomethod:x", "error"));
        ROWS.put("SlimBuildStep.doCheckCiTag", new Row("value=a;b", "error"));
        ROWS.put("SlimBuildStep.doCheckId", new Row("value=a/b", "error"));
        ROWS.put("SlimBuildStep.doCheckBefore", new Row("value=nocommand", "error"));
        ROWS.put("SlimBuildStep.doCheckAfter", new Row("value=nocommand", "error"));
        ROWS.put("SlimBuildStep.doCheckOperations", new Row("value=a b", "error"));
        ROWS.put("SlimBuildStep.doFillOnBehindItems", new Row("", "ignore"));
        ROWS.put("SlimBuildStep.doFillOnNothingToDoItems", results);
        ROWS.put("SlimBuildStep.doFillOnErrorItems", results);
        ROWS.put("SlimBuildStep.doFillOnTestFailureItems", results);
        ROWS.put("SlimBuildStep.doFillModeItems", new Row("", "pullRequest"));
        ROWS.put("SlimBuildStep.doCheckAllow", new Row("value=nothing", "error"));
        ROWS.put("DoctorStep.doCheckFrom", location);
        ROWS.put("DoctorStep.doCheckEndpoint", new Row("value=nowhere", "error"));
        ROWS.put("DoctorStep.doFillStoreCredentialsIdItems", new Row("storeCredentialsId=", "\"mz\""));
        ROWS.put("DropStep.doCheckCiTag", new Row("value=a!b", "error"));
        ROWS.put("DropStep.doCheckMacro", new Row("value=a b", "error"));
        for (String step : new String[] {"FetchStep", "PublishStep", "DoctorStep"}) {
            ROWS.put(step + ".doCheckTokenHeader", new Row("value=Host", "error"));
            ROWS.put(step + ".doCheckRoleArn", new Row("value=deploy", "error"));
            ROWS.put(step + ".doCheckRoleSessionName", new Row("value=a/b", "error"));
        }
        for (String step :
                new String[] {"SlimBuildStep", "DoctorStep", "DropStep", "PrepareStep", "PromoteStep", "CleanupStep"}) {
            ROWS.put(step + ".doCheckThreads", new Row("value=0", "error"));
            ROWS.put(step + ".doCheckVenv", new Row("value=a&dbt=b", "error"));
            ROWS.put(step + ".doFillCredentialsIdItems", credentials);
            ROWS.put(step + ".doFillDepsItems", new Row("", "always"));
            ROWS.put(step + ".doFillGitCredentialsIdItems", new Row("gitCredentialsId=", "\"mz\""));
            ROWS.put(step + ".doFillToolItems", new Row("", "\"value\":\"\""));
        }
        for (String step : new String[] {"PrepareStep", "PromoteStep", "CleanupStep"}) {
            ROWS.put(step + ".doCheckId", new Row("value=a/b", "error"));
        }
        for (String step : new String[] {"PrepareStep", "PromoteStep"}) {
            ROWS.put(step + ".doCheckTimeLimit", new Row("value=0", "error"));
            ROWS.put(step + ".doCheckPollSeconds", new Row("value=0", "error"));
            ROWS.put(step + ".doCheckLagThreshold", new Row("value=';", "error"));
        }
        ROWS.put("RequirementsInstaller.doCheckRequirements", new Row("value=-r%20x", "error"));
        ROWS.put("DbtSlimConfiguration.doCheckHost", new Row("value=a!b", "error"));
        ROWS.put("DbtSlimConfiguration.doTestConnection", new Row("host=a!b", "name of a host"));
        ROWS.put("DbtSlimConfiguration.doCheckAllowedEndpoints", new Row("value=nowhere", "error"));
        ROWS.put("DbtSlimConfiguration.doCheckChangeTags", new Row("value=production", "error"));
    }

    @BeforeAll
    static void start(JenkinsRule rule, @TempDir Path folder) throws Exception {
        assumeFalse(Functions.isWindows(), "the stand-in for dbt is a script of a Unix shell");
        jenkins = rule;
        CredentialsProvider.lookupStores(rule.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "mz", "", "alice", "secret"));
        job = rule.createProject(WorkflowJob.class, "job");
        SampleProject project = SampleProject.in(folder);
        run(project.pipeline(false) + "dbtSlimBuild(" + SampleProject.dbt() + ")\n" + "dbtPublishManifest('file:"
                + project.manifest() + "')\n");
        run(project.pipeline(true) + "dbtSlimBuild(" + SampleProject.dbt() + ")\n");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setCrumbIssuer(null);
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer")
                .grant(Item.BUILD, Item.CANCEL, Item.WORKSPACE)
                .everywhere()
                .to("builder", "configurer")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    private static void run(String steps) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + steps + "}\n", true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        assertThat(run.getRootDir()).isDirectory();
    }

    @Test
    void everyWebMethodHasARow() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        for (Descriptor<?> descriptor : descriptors()) {
            for (Method method : descriptor.getClass().getMethods()) {
                if (isOurs(method.getDeclaringClass()) && isWebMethod(method)) {
                    found.add(descriptor.clazz.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(ROWS.keySet()));
        assertThat(webMethodsOutsideOfDescriptors())
                .containsExactlyInAnyOrder(
                        "Downloads.doReportJson",
                        "Downloads.doReportZip",
                        "Downloads.doJunitXml",
                        "Downloads.doReportHtml",
                        "Downloads.doSummaryMd");
    }

    private static List<Descriptor<?>> descriptors() {
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (isOurs(descriptor.getClass())) {
                ours.add(descriptor);
            }
        }
        assertThat(ours).contains(DbtSlimConfiguration.get()).hasSizeGreaterThan(6);
        return ours;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.jenkins.plugins.dbtslim.");
    }

    private static boolean isWebMethod(Method method) {
        return !method.isBridge()
                && (method.getName().matches("do[A-Z].*|js[A-Z].*")
                        || method.isAnnotationPresent(WebMethod.class)
                        || method.isAnnotationPresent(POST.class)
                        || method.isAnnotationPresent(JavaScriptMethod.class));
    }

    private static List<String> webMethodsOutsideOfDescriptors() throws Exception {
        Path classes = Path.of(DbtSlimConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("io/jenkins/plugins/dbtslim/jenkins"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                if (name.endsWith("package-info") || name.contains("AwsPluginCredentials")) {
                    continue;
                }
                Class<?> type = Class.forName(name, false, DbtSlimConfiguration.class.getClassLoader());
                // What descriptors inherit has a row for each of them.
                if (!Descriptor.class.isAssignableFrom(type)
                        && descriptors().stream().noneMatch(type::isInstance)) {
                    for (Method method : type.getDeclaredMethods()) {
                        if (isWebMethod(method)) {
                            found.add(type.getSimpleName() + "." + method.getName());
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void formHelpersTellNothingToThoseWhoMayNotConfigure() throws Exception {
        for (Map.Entry<String, Row> row : ROWS.entrySet()) {
            boolean global = ADMINISTRATORS_ONLY.contains(row.getKey().split("\\.")[0]);
            for (String user : USERS) {
                WebResponse outside = ask(user, HttpMethod.POST, "", row);
                boolean administers = user.equals("administrator");
                assertTold(row, user + " outside of a job", outside, administers);
                if (!global) {
                    WebResponse inside = ask(user, HttpMethod.POST, "job/job/", row);
                    assertTold(row, user + " in a job", inside, administers || user.equals("configurer"));
                }
            }
            WebResponse get = ask("administrator", HttpMethod.GET, "", row);
            assertThat(get.getStatusCode()).as("GET " + row.getKey()).isIn(404, 405);
        }
    }

    private static void assertTold(Map.Entry<String, Row> row, String who, WebResponse response, boolean told) {
        String text = response.getContentAsString();
        String what = row.getKey() + " by " + who + ": " + response.getStatusCode() + " " + text;
        if (told) {
            assertThat(response.getStatusCode()).as(what).isEqualTo(200);
            assertThat(text).as(what).contains(row.getValue().answer());
        } else if (who.startsWith("anonymous")) {
            assertThat(response.getStatusCode()).as(what).isIn(403, 404);
        } else {
            assertThat(response.getStatusCode()).as(what).isEqualTo(200);
            assertThat(text).as(what).doesNotContain(row.getValue().answer());
        }
    }

    private static WebResponse ask(String user, HttpMethod verb, String place, Map.Entry<String, Row> row)
            throws Exception {
        String[] name = row.getKey().split("\\.");
        String type = descriptors().stream()
                .map(descriptor -> descriptor.clazz.getName())
                .filter(one -> one.endsWith("." + name[0]))
                .findFirst()
                .orElseThrow();
        String method = name[1].substring(2, 3).toLowerCase() + name[1].substring(3);
        return send(
                user,
                verb,
                place + "descriptorByName/" + type + "/" + method + "?"
                        + row.getValue().query().replace(" ", "%20"));
    }

    private static WebResponse send(String user, HttpMethod verb, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        client.setThrowExceptionOnFailingStatusCode(false);
        // A Jenkins that has just started compiles every part of its first page.
        client.getOptions().setTimeout(300_000);
        if (!user.equals("anonymous")) {
            client.withBasicCredentials(user);
        }
        return client.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), path), verb));
    }

    @Test
    void pagesAreForReadersAndSqlForThoseWhoSeeTheWorkspace() throws Exception {
        for (String user : USERS) {
            boolean reads = !user.equals("anonymous");
            WebResponse page = send(user, HttpMethod.GET, "job/job/2/dbt-slim/");
            WebResponse api = send(user, HttpMethod.GET, "job/job/2/dbt-slim/api/json");
            for (WebResponse response : List.of(page, api)) {
                assertThat(response.getStatusCode()).as(user).isIn(reads ? List.of(200) : List.of(403, 404));
            }
            if (reads) {
                assertThat(api.getContentAsString()).contains("\"modified\":1");
                assertThat(page.getContentAsString()).contains("customers").doesNotContain("&#39;Ada&#39;");
            }
            for (String view : List.of("node", "nodeFragment")) {
                WebResponse node =
                        send(user, HttpMethod.GET, "job/job/2/dbt-slim/" + view + "?id=model.shop.customers");
                assertThat(node.getStatusCode())
                        .as(view + " for " + user)
                        .isIn(reads ? List.of(200) : List.of(403, 404));
                assertThat(node.getContentAsString().contains("&#39;Ada&#39;"))
                        .as("SQL in " + view + " for " + user)
                        .isEqualTo(reads && !user.equals("reader"));
            }
            for (String view : List.of("progress", "progressLine", "../../dbt-slim/")) {
                assertThat(send(user, HttpMethod.GET, "job/job/2/dbt-slim/" + view)
                                .getStatusCode())
                        .as(view + " for " + user)
                        .isIn(reads ? List.of(200) : List.of(403, 404));
            }
            for (String hidden : List.of("page/", "page/html", "page/line", "numbers/", "manifest", "state/")) {
                assertThat(send(user, HttpMethod.GET, "job/job/2/dbt-slim/" + hidden)
                                .getStatusCode())
                        .as(hidden + " for " + user)
                        .isIn(403, 404);
            }
        }
    }

    /** Which download gives what to whom: with SQL to those who see the workspace, without or not at all to others. */
    @Test
    void downloadsWithSqlAreForThoseWhoSeeTheWorkspace() throws Exception {
        for (String user : USERS) {
            boolean seesCode = !List.of("anonymous", "reader").contains(user);
            for (String file : List.of("report.json", "report.zip", "junit.xml")) {
                assertThat(download(user, file).getStatusCode())
                        .as(file + " for " + user)
                        .isIn(seesCode ? List.of(200) : List.of(403, 404));
            }
            for (String file : List.of("report.html", "summary.md")) {
                WebResponse response = download(user, file);
                assertThat(response.getStatusCode())
                        .as(file + " for " + user)
                        .isIn(user.equals("anonymous") ? List.of(403, 404) : List.of(200));
                if (!user.equals("anonymous")) {
                    assertThat(response.getContentAsString()).contains("customers");
                }
            }
            if (!user.equals("anonymous")) {
                assertThat(download(user, "report.html").getContentAsString().contains("&#39;Ada&#39;"))
                        .as("SQL for " + user)
                        .isEqualTo(seesCode);
            }
        }
    }

    private static WebResponse download(String user, String file) throws Exception {
        return send(user, HttpMethod.GET, "job/job/2/dbt-slim/download/" + file);
    }
}
