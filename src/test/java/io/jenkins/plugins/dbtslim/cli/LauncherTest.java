package io.jenkins.plugins.dbtslim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell's part of the command, with a Java that only says what it was given. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void giveJava() throws IOException {
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"${LC_ALL-none}\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private String run(Map<String, String> locale) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "src/main/shell/dbt-slim.sh", "ls", "a b");
        builder.environment().clear();
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        builder.environment().putAll(locale);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void withoutALocaleNamesOfFilesAreUtf8() throws Exception {
        String arguments = " -XX:TieredStopAtLevel=1 -jar src/main/shell/dbt-slim.sh ls a b";
        assertThat(run(Map.of())).isEqualTo("C.UTF-8" + arguments);
        assertThat(run(Map.of("LC_ALL", "", "LANG", "POSIX"))).isEqualTo("C.UTF-8" + arguments);
        assertThat(run(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"))).isEqualTo("C.UTF-8" + arguments);
        assertThat(run(Map.of("LANG", "de_DE.ISO-8859-1"))).isEqualTo("none" + arguments);
        assertThat(run(Map.of("LC_CTYPE", "en_US.UTF-8"))).isEqualTo("none" + arguments);
    }
}
