package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed of the demo Jenkins is whole, and its conditions are told. (That its jobs run is shown on a running Jenkins.) */
class DemoJenkinsTest {
    private static final Map<String, String> PLACES = Map.of(
            "sources", "/s",
            "demo", "/d",
            "venv", "/v",
            "manifest", "s3://b/m.json",
            "endpoint", "http://127.0.0.1:9",
            "access-key", "AK",
            "secret-key", "SK");

    @Test
    void theHomeHasItsJobsAndNoOpenPlace(@TempDir Path home) throws Exception {
        new DemoHome(PLACES).write(home);
        for (String job : new String[] {"deploy", "pull-request", "clean-up", "doctor", "freestyle"}) {
            String config = Files.readString(home.resolve("jobs/" + job + "/config.xml"));
            assertThat(config).doesNotContainPattern("@[a-z-]+@");
            // Jenkins writes XML 1.1, which Java's parser reads as well.
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8)))
                            .getDocumentElement()
                            .getTagName())
                    .isIn("flow-definition", "project");
        }
        assertThat(home.resolve("jenkins.yaml"))
                .content()
                .contains("home: \"/v\"")
                .doesNotContainPattern("@[a-z-]+@");
    }

    @Test
    void mavenIsStartedWithTheSettingsThatThereAre(@TempDir Path folder) throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings/>");
        assertThat(JenkinsRepository.maven("/m", "settings:" + settings, "/r"))
                .containsSubsequence("-f", "src/jenkins/pom.xml", "-s", settings.toString(), "-Dmaven.repo.local=/r");
        assertThat(JenkinsRepository.maven("/m", "settings:", "/r")).doesNotContain("-s");
        assertThat(JenkinsRepository.maven("/m", "settings:" + folder.resolve("none"), "/r"))
                .doesNotContain("-s");
    }

    @Test
    void anOldMavenIsToldInOneSentence() {
        assertThatCode(() -> JenkinsRepository.requireMaven("3.9.6")).doesNotThrowAnyException();
        assertThatCode(() -> JenkinsRepository.requireMaven("4.0.0-rc-4")).doesNotThrowAnyException();
        assertThatThrownBy(() -> JenkinsRepository.requireMaven("3.8.7"))
                .hasMessage(
                        "Jenkins' standard build needs Maven 3.9.6 or newer, and this is 3.8.7; mvn -B -q -Pdemo verify"
                                + " shows the main job without a Jenkins, from Maven Central alone.");
    }
}
