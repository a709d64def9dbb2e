package io.jenkins.plugins.dbtslim.blackbox;

import io.jenkins.plugins.dbtslim.store.S3Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test makes in the Jenkins under test: jobs and credentials with names of this run, removed after each test
 * ({@code -Djenkins.keep=true} leaves them), and the S3 server of this JVM.
 */
final class Site implements AfterEachCallback {
    static final String BUCKET = "blackbox";
    private static final String RUN = "dbt-slim-blackbox-" + Long.toString(System.currentTimeMillis(), 36) + "-";
    private static final String STORE = "/credentials/store/system/domain/_";
    private static boolean bucketMade;

    private final Jenkins jenkins = Jenkins.running();
    private final List<String> toDelete = new ArrayList<>();
    private final List<String> undo = new ArrayList<>();

    Jenkins jenkins() {
        return jenkins;
    }

    /** A name that no other run uses. */
    static String name(String name) {
        return RUN + name;
    }

    /** A Pipeline in the sandbox. */
    Job pipeline(String name, String script) {
        return job(name, pipelineXml(script));
    }

    /** A freestyle job with build steps given as XML. */
    Job freestyle(String name, String... builders) {
        return job(name, "<project><builders>" + String.join("", builders) + "</builders></project>");
    }

    /** A job of any kind. */
    Job job(String name, String config) {
        Job job = new Job(jenkins, RUN + name);
        jenkins.post("/createItem?name=" + Job.encoded(job.name()), "application/xml; charset=UTF-8", config)
                .good();
        toDelete.add(job.path() + "/doDelete");
        return job;
    }

    /** A freestyle job with build wrappers around its steps. */
    Job freestyleWrapped(String name, String wrappers, String... builders) {
        return job(
                name,
                "<project><buildWrappers>" + wrappers + "</buildWrappers><builders>" + String.join("", builders)
                        + "</builders></project>");
    }

    /** A freestyle job in a folder, gone with it. */
    Job freestyleIn(String folder, String name, String... builders) {
        return jobIn(folder, name, "<project><builders>" + String.join("", builders) + "</builders></project>");
    }

    /** An empty folder; gives its name. */
    String folder(String name) {
        return job(name, "<com.cloudbees.hudson.plugins.folder.Folder/>").name();
    }

    /** A Pipeline in a folder, gone with it. */
    Job pipelineIn(String folder, String name, String script) {
        return jobIn(folder, name, pipelineXml(script));
    }

    private Job jobIn(String folder, String name, String config) {
        jenkins.post("/job/" + folder + "/createItem?name=" + name, "application/xml", config)
                .good();
        return new Job(jenkins, folder + "/job/" + name);
    }

    private static String pipelineXml(String script) {
        return "<flow-definition><definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + xml(script) + "</script><sandbox>true</sandbox></definition></flow-definition>";
    }

    /** User name and password; gives the id. */
    String credentials(String name, String user, String password) {
        jenkins.post(STORE + "/createCredentials", "application/xml", credentialsXml(name, user, password))
                .good();
        return deleteLater(name);
    }

    /** Notes the credentials of that name to be deleted; gives their id. */
    String deleteLater(String name) {
        toDelete.add(STORE + "/credential/" + RUN + name + "/doDelete");
        return RUN + name;
    }

    /** Notes a job that another way has made. */
    void deleteJobLater(String job) {
        toDelete.add("/job/" + job + "/doDelete");
    }

    static String credentialsXml(String name, String user, String password) {
        String type = "com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl";
        return "<" + type + "><scope>GLOBAL</scope><id>" + RUN + name + "</id><description>" + name
                + "</description><username>" + xml(user) + "</username><password>" + xml(password) + "</password></"
                + type + ">";
    }

    /** Those of the S3 server, made at the first call in a test; gives the id. */
    String s3Credentials() {
        boolean there = toDelete.contains(STORE + "/credential/" + RUN + "s3/doDelete");
        return there ? name("s3") : credentials("s3", S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }

    /** The options of a step that reach the S3 server, after a comma. */
    String s3Options(String credentialsId) {
        return ", credentialsId: '" + credentialsId + "', region: 'us-east-1', endpoint: '" + endpoint()
                + "', pathStyle: true";
    }

    /** The same as elements of a freestyle step's options. */
    String s3Xml(String credentialsId) {
        return "<credentialsId>" + credentialsId + "</credentialsId><region>us-east-1</region><endpoint>" + endpoint()
                + "</endpoint><pathStyle>true</pathStyle>";
    }

    /** A step that finds no manifest, so that everything is built. */
    String fetchNothing() {
        return "dbtFetchManifest(from: '" + uri("never") + "', ifMissing: 'fullBuild'" + s3Options(s3Credentials())
                + ")\n";
    }

    /** Runs a script on the controller, as an administrator; gives what it printed. */
    String script(String groovy) {
        String form = "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8);
        return jenkins.post("/scriptText", "application/x-www-form-urlencoded", form)
                .good();
    }

    /** Runs a script as an administrator, and another one when the test ends. */
    void during(String groovy, String atTheEnd) {
        script(groovy);
        undo.add(atTheEnd);
    }

    /** Lets jobs {@code PR-<number>} of this run have the change id that a branch source gives, until the test ends. */
    void changeIds() {
        script("import hudson.EnvVars; import hudson.model.*\n"
                + "class DbtSlimChangeIds extends EnvironmentContributor {\n"
                + "  void buildEnvironmentFor(Job job, EnvVars env, TaskListener listener) {\n"
                + "    def id = job.fullName =~ /^" + RUN + ".*\\/PR-(\\d+)$/\n"
                + "    if (id) { env.put('CHANGE_ID', id.group(1)) }\n  }\n}\n"
                + "hudson.ExtensionList.lookup(EnvironmentContributor).add(new DbtSlimChangeIds())");
        undo.add("def all = hudson.ExtensionList.lookup(hudson.model.EnvironmentContributor)\n"
                + "all.findAll { it.class.name == 'DbtSlimChangeIds' }.each { all.remove(it) }");
    }

    /** Lets whoever is signed in read Jenkins itself and no job, until the test ends; needs the plugin matrix-auth. */
    void hideJobs() {
        Assumptions.assumeTrue(
                script("print Jenkins.get().pluginManager.getPlugin('matrix-auth') != null")
                        .startsWith("true"),
                "needs matrix-auth");
        script("""
                def jenkins = Jenkins.get(); def me = Jenkins.authentication2.name
                jenkins.servletContext.setAttribute('dbt-slim', jenkins.authorizationStrategy)
                def rights = new hudson.security.GlobalMatrixAuthorizationStrategy()
                rights.add(Jenkins.ADMINISTER, me); rights.add(Jenkins.READ, 'authenticated')
                jenkins.authorizationStrategy = rights
                """);
        undo.add("def jenkins = Jenkins.get()\n"
                + "jenkins.authorizationStrategy = jenkins.servletContext.getAttribute('dbt-slim')");
    }

    static synchronized String endpoint() {
        S3Server server = S3Server.shared();
        if (!bucketMade) {
            server.createBucket(BUCKET);
            bucketMade = true;
        }
        return server.endpoint().toString();
    }

    /** A place in the bucket of its own. */
    static String uri(String name) {
        endpoint();
        return "s3://" + BUCKET + "/" + RUN + name + "/manifest.json";
    }

    static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        undo.forEach(this::script);
        undo.clear();
        if (!Boolean.getBoolean("jenkins.keep")) {
            toDelete.forEach(jenkins::post);
        }
        toDelete.clear();
    }
}
