package io.jenkins.plugins.dbtslim.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small dbt project, and the dbt to build it with: a stand-in that needs Python alone, or a real one with DuckDB in
 * {@code -Ddbt.venv=DIR} on the agent. A job writes all of it into its workspace, so that the agent may be anywhere.
 */
final class SampleProject {
    static final String CHANGED_CUSTOMERS = "select 1 as id, 'Grace' as name";
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

    private final Map<String, String> files = new LinkedHashMap<>();

    SampleProject() {
        for (String file : FILES) {
            files.put(file, resource("project/" + file));
        }
        files.put("bin/dbt", resource("dbt"));
    }

    /** Changes or adds a file. */
    SampleProject with(String file, String text) {
        files.put(file, text);
        return this;
    }

    /** The project with one model changed, on which another one depends. */
    static SampleProject changed() {
        return new SampleProject().with("models/customers.sql", CHANGED_CUSTOMERS);
    }

    /** Where a real dbt is, or null. */
    static String venv() {
        return System.getProperty("dbt.venv");
    }

    /** The options of dbtSlimBuild that name a dbt. */
    static String dbt() {
        return venv() == null ? stub() : "venv: '" + venv() + "', profilesDir: '.'";
    }

    /** The options of dbtSlimBuild for the stand-in, for what no real dbt does on command. */
    static String stub() {
        return "dbt: \"${env.WORKSPACE}/bin/dbt\"";
    }

    /** Statements of a Pipeline that write it into the workspace. */
    String pipeline() {
        StringBuilder steps = new StringBuilder();
        files.forEach((file, text) -> steps.append("writeFile file: '")
                .append(file)
                .append("', encoding: 'Base64', text: '")
                .append(base64(text))
                .append("'\n"));
        return steps.append("sh 'chmod +x bin/dbt'\n").toString();
    }

    /** A build step of a freestyle job that writes it into the workspace. */
    String shell() {
        return "<hudson.tasks.Shell><command>" + Site.xml("#!/bin/sh -e\n" + commands())
                + "</command></hudson.tasks.Shell>";
    }

    /** The same as one step of a Pipeline, where many builds are to be short. */
    String shellStep() {
        return "sh '''" + commands() + "'''\n";
    }

    private String commands() {
        StringBuilder command = new StringBuilder("mkdir -p bin macros models\n");
        files.forEach((file, text) -> command.append("printf %s '")
                .append(base64(text))
                .append("' | base64 -d > '")
                .append(file)
                .append("'\n"));
        return command.append("chmod +x bin/dbt\n").toString();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) {
        try (InputStream in = SampleProject.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
