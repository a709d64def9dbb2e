package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.yaml.snakeyaml.Yaml;

/** The global configuration as code: every option goes out and comes in again under the name {@code dbtSlim}. */
@WithJenkins
class ConfigurationAsCodeTest {
    @TempDir
    Path folder;

    @Test
    void everyOptionIsExportedAndImported(JenkinsRule jenkins) throws Exception {
        DbtSlimConfiguration configuration = DbtSlimConfiguration.get();
        String unset = jenkins.jenkins.XSTREAM2.toXML(configuration);
        Filled.fill(configuration, configuration);
        String filled = jenkins.jenkins.XSTREAM2.toXML(configuration);
        assertThat(filled).isNotEqualTo(unset);
        Map<String, Object> ours = exported();
        assertThat(ours)
                .containsKeys(
                        "host",
                        "allowedEndpoints",
                        "defaultAwsCredentialsAllowed",
                        "changeTags",
                        "s3Endpoint",
                        "s3Region",
                        "s3PathStyle")
                .containsEntry("host", "a-host");
        jenkins.jenkins.XSTREAM2.fromXML(unset, configuration);
        configuration.setHost(null);
        configuration.setAllowedEndpoints(null);
        configuration.setChangeTags(null);
        configuration.setS3Endpoint(null);
        configuration.setS3Region(null);
        assertThat(exported()).isNotEqualTo(ours);
        apply(Map.of("unclassified", Map.of("dbtSlim", ours)));
        assertThat(jenkins.jenkins.XSTREAM2.toXML(DbtSlimConfiguration.get())).isEqualTo(filled);
        assertThat(exported()).isEqualTo(ours);
    }

    private void apply(Map<String, Object> yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), new Yaml().dump(yaml));
        ConfigurationAsCode.get().configure(file.toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        return (Map<String, Object>) all.get("unclassified").get("dbtSlim");
    }
}
