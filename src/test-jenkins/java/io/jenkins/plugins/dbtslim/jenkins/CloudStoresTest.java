package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which credentials reach which store of a cloud, as Jenkins looks them up; nothing secret stands in a log. */
@WithJenkins
class CloudStoresTest {
    private static final String KEY =
            Base64.getEncoder().encodeToString("account key".getBytes(StandardCharsets.UTF_8));
    private static final String MANIFEST =
            "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                    + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}}";

    private static final List<String> REQUESTS = Collections.synchronizedList(new ArrayList<>());
    private static JenkinsRule jenkins;
    private static HttpServer server;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            REQUESTS.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = MANIFEST.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        SystemCredentialsProvider kept = SystemCredentialsProvider.getInstance();
        kept.getCredentials()
                .addAll(List.of(
                        text("sas", "?sv=2021-12-02&sp=r&sig=signedBySomebodyElse%3D"),
                        text("token", "t0ken-of-the-site"),
                        pair("account", "shopdata", KEY),
                        pair("hmac", "GOOG1EXAMPLE", "hm4c-secret-of-google")));
        kept.getDomainCredentialsMap()
                .put(
                        new Domain("sites", null, List.of(new HostnameSpecification("docs.example.com", null))),
                        new ArrayList<>(List.of(text("limited", "t0ken-of-the-docs"))));
        kept.save();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static Credentials text(String id, String secret) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, null, Secret.fromString(secret));
    }

    private static Credentials pair(String id, String user, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password);
    }

    private static String run(Result result, String arguments) throws Exception {
        REQUESTS.clear();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { dbtFetchManifest " + arguments + " }", true));
        WorkflowRun run =
                jenkins.assertBuildStatus(result, job.scheduleBuild2(0).get());
        String log = JenkinsRule.getLog(run);
        assertThat(log).doesNotContain("signedBySomebodyElse", "t0ken", KEY, "hm4c", "sv=2021", "X-Goog-");
        return log;
    }

    private static String local(String arguments) {
        return arguments + ", pathStyle: true, endpoint: 'http://127.0.0.1:"
                + server.getAddress().getPort() + "'";
    }

    @Test
    void controllerSignsAndTheAgentMoves() throws Exception {
        assertThat(run(Result.SUCCESS, local("from: 'az://shopdata/prod/m.json', credentialsId: 'sas'")))
                .contains("Signing requests for az://shopdata/prod/m.json with the credentials \"sas\"");
        assertThat(REQUESTS)
                .containsExactly("GET /shopdata/prod/m.json?sv=2021-12-02&sp=r&sig=signedBySomebodyElse%3D");
        run(Result.SUCCESS, local("from: 'az://shopdata/prod/m.json', credentialsId: 'account'"));
        assertThat(REQUESTS).hasSize(1).first().asString().contains("sp=r", "sr=b", "se=", "sig=");
        run(Result.SUCCESS, local("from: 'gs://prod/m.json', credentialsId: 'hmac'"));
        assertThat(REQUESTS).hasSize(1).first().asString().startsWith("GET /prod/m.json?X-Goog-Algorithm=GOOG4");
    }

    @Test
    void wrongKindsAreNamed() throws Exception {
        assertThat(run(Result.FAILURE, local("from: 'gs://prod/m.json', credentialsId: 'token'")))
                .contains("A gs: location wants an HMAC key, and a secret text alone is in the credentials \"token\"");
        assertThat(run(Result.FAILURE, local("from: 'az://shopdata/prod/m.json', credentialsId: 'token'")))
                .contains("There is no shared access signature (sv=…&sig=…) in the credentials \"token\"");
        assertThat(run(Result.FAILURE, local("from: 'az://shopdata/prod/m.json', credentialsId: 'hmac'")))
                .contains("There is no key of a storage account in the credentials \"hmac\"");
        assertThat(run(Result.FAILURE, local("from: 'az://other/prod/m.json', credentialsId: 'account'")))
                .contains(
                        "The location names the storage account other, and the key in the credentials \"account\" is for shopdata");
        assertThat(run(Result.FAILURE, local("from: 'gs://prod/m.json', credentialsId: 'none'")))
                .contains(
                        "No credentials with the id \"none\" and of the kind \"Secret text\" or \"Username with password\"");
        assertThat(run(Result.FAILURE, local("from: 'gs://prod/m.json'")))
                .contains("There is no HMAC key for Google Cloud Storage");
        assertThat(REQUESTS).isEmpty();
    }

    /** The controller asks none of them; here the agent is refused a connection. */
    @Test
    void credentialsOfADomainGoToItsHostsOnly() throws Exception {
        assertThat(run(Result.FAILURE, "from: 'https://127.0.0.1:1/m.json', credentialsId: 'limited'"))
                .contains("No credentials with the id \"limited\"");
        assertThat(run(Result.FAILURE, "from: 'https://127.0.0.1:1/m.json', credentialsId: 'token'"))
                .contains("Signing requests for https://127.0.0.1:1/m.json with the credentials \"token\"", "refused");
    }

    @Test
    void administratorLimitsTheAddresses() throws IOException, Exception {
        DbtSlimConfiguration configuration = DbtSlimConfiguration.get();
        configuration.setAllowedEndpoints("https://docs.example.com");
        try {
            assertThat(run(Result.FAILURE, "'https://127.0.0.1:1/m.json'"))
                    .contains("https://127.0.0.1:1 is not one of the endpoints that the administrator allows");
            assertThat(run(Result.FAILURE, local("from: 'gs://prod/m.json', credentialsId: 'hmac'")))
                    .contains("is not one of the endpoints that the administrator allows");
            assertThat(REQUESTS).isEmpty();
        } finally {
            configuration.setAllowedEndpoints(null);
        }
    }
}
