package io.jenkins.plugins.dbtslim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Whoever gets the command or the plugin gets the licences and notices of all in it, and scanners find versions. */
class LicencesIT {
    private static final Path TARGET = Path.of(System.getProperty("project.build.directory"));

    @Test
    void theCommandCarriesLicencesNoticesAndVersionsOfWhatIsPacked() throws IOException {
        try (ZipFile jar = new ZipFile(TARGET.resolve("dbt-slim.jar").toFile())) {
            String licences = text(jar, "META-INF/LICENSE") + text(jar, "META-INF/LICENSE.txt");
            assertThat(licences).contains("MIT License", "Apache License", "Version 2.0");
            assertThat(licences).contains("QOS.ch");
            assertThat(text(jar, "META-INF/NOTICE")).contains("Jackson JSON processor", "AWS SDK for Java 2.0");
            assertThat(jar.getEntry("META-INF/maven/com.fasterxml.jackson.core/jackson-core/pom.properties"))
                    .isNotNull();
            assertThat(jar.getEntry("META-INF/maven/software.amazon.awssdk/s3/pom.properties"))
                    .isNotNull();
        }
        assertThat(Files.readString(TARGET.resolve("bom.json"))).contains("\"CycloneDX\"", "pkg:maven/software.amazon");
    }

    @Test
    void thePluginCarriesItsOwn() throws IOException {
        try (ZipFile hpi =
                        new ZipFile(TARGET.resolve("dbt-slim-deployments.hpi").toFile());
                ZipInputStream jar =
                        new ZipInputStream(hpi.getInputStream(hpi.getEntry("WEB-INF/lib/dbt-slim-deployments.jar")))) {
            var entry = jar.getNextEntry();
            while (entry != null && !entry.getName().equals("META-INF/LICENSE")) {
                entry = jar.getNextEntry();
            }
            assertThat(entry).as("META-INF/LICENSE").isNotNull();
            assertThat(new String(jar.readAllBytes(), StandardCharsets.UTF_8)).startsWith("MIT License");
        }
    }

    private static String text(ZipFile jar, String entry) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
