package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.tools.InstallSourceProperty;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtInstallation;
import io.jenkins.plugins.dbtslim.jenkins.tool.RequirementsInstaller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.yaml.snakeyaml.Yaml;

/** dbt tools of the global configuration: by the form, and as code. */
@WithJenkins
class ToolConfigurationTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;

    private DbtInstallation.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(DbtInstallation.DescriptorImpl.class);
    }

    private String fill() throws Exception {
        RequirementsInstaller installer =
                new RequirementsInstaller("linux", "dbt-core~=1.11.0\ndbt-materialize~=1.9.0");
        installer.setPython("python3.12");
        descriptor()
                .setInstallations(
                        new DbtInstallation("folder", "/opt/dbt für alle", List.of()),
                        new DbtInstallation("made", "", List.of(new InstallSourceProperty(List.of(installer)))));
        return stored();
    }

    private String stored() {
        // Some fields are null where nothing was set, and empty where a form said so.
        return jenkins.jenkins
                .XSTREAM2
                .toXML(descriptor().getInstallations())
                .replaceAll("\\s*<(\\w+)></\\1>|\\s*<\\w+/>", "");
    }

    @Test
    void theFormKeepsThem(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String before = fill();
        JenkinsRule.WebClient client = rule.createWebClient();
        client.getOptions().setTimeout(300_000);
        rule.submit(client.goTo("manage/configureTools/").getFormByName("config"));
        assertThat(stored()).isEqualTo(before).contains("dbt-materialize~=1.9.0", "python3.12", "linux");
    }

    @Test
    @SuppressWarnings("unchecked")
    void codeKeepsThem(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String before = fill();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        Map<String, Map<String, Object>> all = new Yaml().load(out.toString(StandardCharsets.UTF_8));
        Object ours = all.get("tool").get("dbt");
        assertThat(ours.toString()).contains("dbtRequirements");
        descriptor().setInstallations();
        Path file =
                Files.writeString(folder.resolve("jenkins.yaml"), new Yaml().dump(Map.of("tool", Map.of("dbt", ours))));
        ConfigurationAsCode.get().configure(file.toString());
        assertThat(stored()).isEqualTo(before);
    }
}
