package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest of 1 GB goes and comes, plain and packed, through a heap that has no room for a tenth of it. */
@Tag("long")
class LargeTransferIT {
    private static final int MEGABYTES = 1000;

    @TempDir
    private Path folder;

    private Path manifest() throws IOException {
        Path file = folder.resolve("big.json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/manifest/v12.json\","
                    + " \"dbt_version\": \"1.9.4\", \"project_name\": \"shop\"}, \"docs\": {");
            String text = "x".repeat(990);
            for (int i = 0; i < MEGABYTES * 1000; i++) {
                out.write((i == 0 ? "" : ",") + "\"" + i + "\":\"" + text + "\"");
            }
            out.write("}}");
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.json.gz"})
    void needsConstantMemory(String key) throws Exception {
        Path output = folder.resolve("output.txt");
        try (S3Server server = S3Server.start(Files.createDirectories(folder.resolve("s3")))) {
            server.createBucket("large");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:MaxDirectMemorySize=16m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LargeTransfer.class.getName(),
                            server.endpoint().toString(),
                            manifest().toString(),
                            "s3://large/" + key,
                            folder.resolve("state").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).contains("Published s3://large/" + key, "Fetched s3://large/" + key);
        }
    }
}
