package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Keys of the plugin aws-credentials with its role and MFA settings, and roles that a step names. Needs a Jenkins with that
 * plugin; for the roles its process must have got {@code AWS_ENDPOINT_URL_STS=http://127.0.0.1:PORT}, a free port that is
 * told here too: {@code -Djenkins.sts=PORT}.
 */
class AwsCredentialsIT {
    private static final String TYPE = "com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl";
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
    private static final String DEVICE = "arn:aws:iam::123456789012:mfa/jane";

    @RegisterExtension
    final Site site = new Site();

    private StubSts sts;

    @BeforeEach
    void start() throws IOException {
        int port = Integer.getInteger("jenkins.sts", 0);
        sts = port == 0 ? null : new StubSts(port);
    }

    @AfterEach
    void stop() {
        if (sts != null) {
            sts.close();
        }
    }

    private void needSts() {
        assumeTrue(sts != null, "say which port Jenkins was told to find STS at: -Djenkins.sts=PORT");
    }

    private String credentials(String name, String key, String secret, String role, String externalId, String device) {
        Answer answer = site.jenkins()
                .post(
                        "/credentials/store/system/domain/_/createCredentials",
                        "application/xml",
                        "<" + TYPE + "><scope>GLOBAL</scope><id>" + Site.name(name) + "</id><accessKey>" + key
                                + "</accessKey><secretKey>" + Site.xml(secret) + "</secretKey><iamRoleArn>" + role
                                + "</iamRoleArn><iamExternalId>" + externalId + "</iamExternalId><iamMfaSerialNumber>"
                                + device + "</iamMfaSerialNumber></" + TYPE + ">");
        assumeTrue(answer.status() == 200, "the plugin aws-credentials is there");
        return site.deleteLater(name);
    }

    private String steps(String name, String id, String more) {
        String options = "'" + Site.uri(name) + "'" + site.s3Options(id) + more + ")\n";
        return "writeFile file: 'target/manifest.json', text: '{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\",\"dbt_version\":\"1.10.0\",\"project_name\":\"shop\"},\"nodes\":{}}'\n"
                + "dbtPublishManifest(manifest: 'target/manifest.json', asItIs: true, to: " + options
                + "dbtFetchManifest(from: " + options;
    }

    private Build run(String name, String result, String steps) throws InterruptedException {
        Build build = site.pipeline(name, "node {\n" + steps + "}\n").run().assertResult(result);
        build.assertNoStackTrace();
        assertThat(build.console()).doesNotContain(S3Server.SECRET_KEY, StubSts.TOKEN, "X-Amz-");
        return build;
    }

    @Test
    void plainKeysSign() throws Exception {
        String id = credentials("aws", S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "", "", "");
        run("aws", "SUCCESS", steps("aws", id, ""))
                .assertConsole("with the credentials \"" + id + "\"", "Published s3://", "Fetched s3://");
    }

    @Test
    void emptyKeysCostOneSentence() throws Exception {
        String id = credentials("aws-empty", "", "", "", "", "");
        run("aws-empty", "FAILURE", steps("aws-empty", id, ""))
                .assertConsole("ERROR: No AWS keys from the credentials \"" + id + "\": they hold none.");
    }

    @Test
    void roleOfTheCredentialsIsAssumed() throws Exception {
        needSts();
        String id = credentials("aws-role", "AKIAOFJANE", "another-secret-of-jane", ROLE, "external-1", "");
        run("aws-role", "SUCCESS", steps("aws-role", id, "")).assertConsole("Published s3://", "Fetched s3://");
        assertThat(sts.asked())
                .hasSize(2)
                .allMatch(("AKIAOFJANE AssumeRole " + ROLE + " Jenkins external-1 null null")::equals);
    }

    @Test
    void codeOfTheMfaDeviceIsPassedOn() throws Exception {
        needSts();
        String id = credentials("aws-mfa", "AKIAOFJANE", "another-secret-of-jane", ROLE, "", DEVICE);
        run("aws-mfa", "SUCCESS", steps("aws-mfa", id, ", mfaToken: '123456'")).assertConsole("Published s3://");
        assertThat(sts.asked())
                .hasSize(2)
                .allMatch(("AKIAOFJANE AssumeRole " + ROLE + " Jenkins null " + DEVICE + " 123456")::equals);
        run("aws-mfa-wrong", "FAILURE", steps("aws-mfa", id, ", mfaToken: '000000'"))
                .assertConsole("ERROR: No AWS keys from the credentials \"" + id
                        + "\": MultiFactorAuthentication failed with invalid MFA one time pass code.");
    }

    @Test
    void roleOfTheStepIsAssumedOverAnyKeys() throws Exception {
        needSts();
        String id = site.credentials("aws-pair", "AKIAOFJOHN", "a-secret-of-john");
        Build build = run(
                "aws-step",
                "SUCCESS",
                steps("aws-step", id, ", roleArn: '" + ROLE + "', externalId: 'external-2'")
                        + "withEnv(['AWS_ACCESS_KEY_ID=AKIAOFENV', 'AWS_SECRET_ACCESS_KEY=a-secret-of-env']) { dbtFetchManifest(from: '"
                        + Site.uri("aws-step") + "', region: 'us-east-1', pathStyle: true, endpoint: '"
                        + Site.endpoint() + "', roleArn: '" + ROLE + "', roleSessionName: 'jane@shop') }\n");
        build.assertConsole(
                "with role " + ROLE + " over the credentials \"" + id + "\"",
                "with role " + ROLE + " over AWS_ACCESS_KEY_ID of the environment");
        assertThat(sts.asked())
                .hasSize(3)
                .startsWith("AKIAOFJOHN AssumeRole " + ROLE + " jenkins-" + Site.name("aws-step")
                        + "-1 external-2 null null")
                .endsWith("AKIAOFENV AssumeRole " + ROLE + " jane@shop null null null");
    }

    @Test
    void nameOfTheSessionIsWhatStsTakes() throws Exception {
        String id = site.credentials("aws-session", "AKIAOFJOHN", "a-secret-of-john");
        run("aws-session", "FAILURE", steps("aws-session", id, ", roleArn: '" + ROLE + "', roleSessionName: 'a/b'"))
                .assertConsole("ERROR: Not the name of a role's session: a/b;");
    }
}
