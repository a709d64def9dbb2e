package io.jenkins.plugins.dbtslim.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A dbt project with create_environment and drop_environment, six models in two layers and nine tests, that runs on
 * Materialize with the documented profile and macros, and, with {@code MZ_ADAPTER=postgres}, on PostgreSQL.
 */
public final class SampleProject {
    private static final List<String> FILES = List.of(
            "dbt_project.yml",
            "models/schema.yml",
            "models/sources/sources.yml",
            "models/staging/stg_customers.sql",
            "models/staging/stg_order_items.sql",
            "models/staging/stg_orders.sql",
            "models/marts/order_totals.sql",
            "models/marts/customer_revenue.sql",
            "models/marts/country_revenue.sql",
            "tests/no_negative_totals.sql");

    private static final Path EXAMPLES = Path.of("src/docs/examples");

    private final Path folder;

    SampleProject(Path folder) throws IOException {
        this.folder = folder;
        for (String file : FILES) {
            write(file, Standin.resource("project/" + file));
        }
        write("macros/environment.sql", Files.readString(EXAMPLES.resolve("environment.sql")));
        write("macros/generate_schema_name.sql", Files.readString(EXAMPLES.resolve("generate_schema_name.sql")));
        write(
                "profiles.yml",
                Files.readString(EXAMPLES.resolve("profiles.yml"))
                        .replace("shop:", "slim_demo:")
                        .replace("type: materialize", "type: \"{{ env_var('MZ_ADAPTER', 'materialize') }}\""));
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Writes a file of it. */
    public SampleProject write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Appends to a file of it. */
    public SampleProject append(String name, String text) throws IOException {
        return write(name, Files.readString(folder.resolve(name)) + text);
    }

    /** Writes something else where this is said in a file of it. */
    public SampleProject replace(String name, String what, String by) throws IOException {
        return write(name, Files.readString(folder.resolve(name)).replace(what, by));
    }

    /** Deletes a file of it. */
    public SampleProject without(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }

    /** As dbt before 1.10.5 takes it: the arguments of a generic test beside its name. */
    public SampleProject forOlderDbt() throws IOException {
        String schema = Files.readString(folder.resolve("models/schema.yml"));
        return write("models/schema.yml", schema.replaceFirst("arguments:\\s+values", "values"));
    }

    /** Changes a model on which two others depend. */
    public SampleProject changed() throws IOException {
        return append("models/marts/order_totals.sql", "having sum(i.line_total) >= 0\n");
    }
}
