package io.jenkins.plugins.dbtslim.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sample project of the black-box tests with its stand-in for dbt, in a folder that every agent of the test sees;
 * production's manifest lies in a file beside it.
 */
final class SampleProject {
    private static final String RESOURCES = "/io/jenkins/plugins/dbtslim/blackbox/";
    private static final String[] FILES = {
        "dbt_project.yml",
        "profiles.yml",
        "macros/prepare.sql",
        "models/customers.sql",
        "models/orders.sql",
        "models/revenue.sql",
        "models/untouched.sql",
        "models/shop.yml"
    };

    private final Path folder;

    private SampleProject(Path folder) {
        this.folder = folder;
    }

    /** Writes it into the folder. */
    static SampleProject in(Path folder) throws IOException {
        for (String file : FILES) {
            write(folder.resolve("project").resolve(file), resource("project/" + file));
        }
        Path dbt = folder.resolve("project/bin/dbt");
        write(dbt, resource("dbt"));
        if (!dbt.toFile().setExecutable(true)) {
            throw new IOException("could not make " + dbt + " executable");
        }
        return new SampleProject(folder);
    }

    /** Production's manifest; it need not exist. */
    Path manifest() {
        return folder.resolve("production/manifest.json");
    }

    /** Words of a shell that bring the project into the workspace; with a model changed. */
    String checkOut(boolean changed) {
        String copy = "cp -R " + folder.resolve("project") + "/. .";
        return changed ? copy + " && echo select 2 as id > models/customers.sql" : copy;
    }

    /** Statements of a Pipeline that bring project and state into the workspace. */
    String pipeline(boolean changed) {
        return "sh '" + checkOut(changed) + "'\n" + "dbtFetchManifest(from: 'file:" + manifest()
                + "', ifMissing: 'fullBuild')\n";
    }

    /** The option of dbtSlimBuild that names the stand-in. */
    static String dbt() {
        return "dbt: \"${env.WORKSPACE}/bin/dbt\"";
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SampleProject.class.getResourceAsStream(RESOURCES + name)) {
            return in.readAllBytes();
        }
    }
}
