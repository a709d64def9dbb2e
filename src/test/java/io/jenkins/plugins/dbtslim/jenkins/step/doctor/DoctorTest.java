package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.doctor.Finding;
import io.jenkins.plugins.dbtslim.doctor.Level;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Python that is named is looked for where it would run, which may be a container that the agent's JVM does not see. */
class DoctorTest {
    @Test
    void theAgentsOwnFilesAreNotAsked(@TempDir Path folder) throws Exception {
        List<String> command = new InstallDoctorCallable(
                        DbtPlan.builder("/ws").build(), DbtSource.ofPath(null, "/in/the/container"), List.of())
                .invoke(folder.toFile(), null);
        assertThat(command.get(0)).isEqualTo("/in/the/container/bin/python");
    }

    @Test
    void whatIsNotThereIsToldByWhateverStartsIt() throws IOException {
        IOException local = new IOException("Cannot run program \"/v/bin/python\": error=2, No such file or directory");
        for (Finding finding : List.of(
                Doctor.unstarted("/v/bin/python", 0, local),
                Doctor.unstarted("/v/bin/python", 126, null),
                Doctor.unstarted("/v/bin/python", 127, null))) {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.found()).startsWith("There is no Python at /v/bin/python: ");
        }
        assertThat(Doctor.unstarted("python3", 0, null)).isNull();
        assertThat(Doctor.unstarted("python3", 1, null)).isNull();
        IOException away = new IOException("The channel is closing down");
        assertThatThrownBy(() -> Doctor.unstarted("python3", 0, away)).isSameAs(away);
    }
}
