package io.jenkins.plugins.dbtslim.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes manifests of big projects in the shape of dbt 1.12 after {@code dbt compile}: models of 0.5 to 4 kB of SQL with
 * 5 to 14 columns and three generic tests each, sources, macros, and the maps of parents and children. The same numbers
 * give the same file. (It is long because the shape of a whole manifest is one thing to read.)
 */
final class BigManifest {
    private static final int MACROS = 520;
    private static final String[] WORDS =
            "account order payment invoice session campaign price stock region ledger".split(" ");

    private final int models;
    private final int everyChanged;
    private final int compiledLength;
    private final List<String> names = new ArrayList<>();
    private final List<String> parents = new ArrayList<>();
    private JsonGenerator out;

    /** A project of so many models; in every {@code everyChanged}-th one the SQL is another (0: in none). */
    BigManifest(int models, int everyChanged) {
        this(models, everyChanged, 0);
    }

    /** The same with compiled code of at least so many characters in each model and test. */
    BigManifest(int models, int everyChanged, int compiledLength) {
        this.models = models;
        this.everyChanged = everyChanged;
        this.compiledLength = compiledLength;
    }

    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
                JsonGenerator generator = new JsonFactory().createGenerator(bytes)) {
            out = generator;
            out.writeStartObject();
            map(
                    "metadata",
                    () -> texts(
                            "dbt_schema_version",
                            "https://schemas.getdbt.com/dbt/manifest/v12.json",
                            "dbt_version",
                            "1.12.6",
                            "project_name",
                            "big",
                            "adapter_type",
                            "duckdb"));
            map("nodes", this::nodes);
            map("sources", () -> {
                for (int i = 0; i <= models / 15; i++) {
                    int number = i;
                    map("source.big.raw.t" + i, () -> source(number));
                }
            });
            map("macros", () -> {
                for (int i = 0; i < MACROS; i++) {
                    int number = i;
                    map("macro.dbt.macro_" + i, () -> macro(number));
                }
            });
            for (String empty : List.of(
                    "exposures", "metrics", "groups", "selectors", "disabled", "semantic_models", "unit_tests")) {
                map(empty, () -> {});
            }
            map("parent_map", () -> {
                for (int i = 0; i < names.size(); i++) {
                    list(names.get(i), parents.get(i));
                }
            });
            map("child_map", () -> {
                for (String name : names) {
                    list(name);
                }
            });
            out.writeEndObject();
        }
        return file;
    }

    private void nodes() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < models; i++) {
            String name = "m_" + WORDS[i % WORDS.length] + "_" + i;
            String id = "model.big." + name;
            String parent = i < 20 ? "source.big.raw.t" + i % (models / 15 + 1) : names.get(4 * random.nextInt(i));
            int columns = 5 + random.nextInt(10);
            String sql = sql(columns, 1 + random.nextInt(6), parent);
            boolean changed = everyChanged > 0 && i % everyChanged == 0;
            names.add(id);
            parents.add(parent);
            map(id, () -> {
                common("model", name, parent, changed ? sql + "\n-- changed" : sql, "macro.dbt.macro_" + 7);
                map("columns", () -> {
                    for (int c = 0; c < columns; c++) {
                        column(WORDS[c % WORDS.length] + "_" + c, name);
                    }
                });
            });
            for (String kind : List.of("not_null", "unique", "accepted_values")) {
                String test = kind + "_" + name + "_id";
                String testId = "test.big." + test + "." + Integer.toHexString(test.hashCode());
                names.add(testId);
                parents.add(id);
                map(testId, () -> {
                    common(
                            "test",
                            test,
                            id,
                            "{{ test_" + kind + "(**_dbt_generic_test_kwargs) }}",
                            "macro.dbt.macro_3");
                    map("columns", () -> {});
                    map("test_metadata", () -> {
                        texts("name", kind, "namespace", null);
                        map(
                                "kwargs",
                                () -> texts(
                                        "column_name", "id", "model", "{{ get_where_subquery(ref('" + name + "')) }}"));
                    });
                    texts("column_name", "id", "file_key_name", "models." + name, "attached_node", id);
                });
            }
        }
    }

    private void common(String type, String name, String parent, String sql, String macro) throws IOException {
        texts("database", "db", "schema", "dev", "name", name, "resource_type", type, "package_name", "big");
        texts("path", name + ".sql", "original_file_path", "models/" + name + ".sql", "alias", name);
        texts(
                "unique_id",
                type + ".big." + name,
                "description",
                "the " + name + " of the shop",
                "patch_path",
                "big://models/m.yml");
        list("fqn", "big", "layer", name);
        list("tags", "daily");
        map("checksum", () -> texts("name", "sha256", "checksum", "0123456789abcdef".repeat(4)));
        map("config", () -> {
            texts(
                    "alias",
                    null,
                    "schema",
                    null,
                    "database",
                    null,
                    "group",
                    null,
                    "materialized",
                    type.equals("test") ? type : "table");
            texts(
                    "on_schema_change",
                    "ignore",
                    "on_configuration_change",
                    "apply",
                    "unique_key",
                    null,
                    "full_refresh",
                    null);
            texts(
                    "incremental_strategy",
                    null,
                    "batch_size",
                    null,
                    "begin",
                    null,
                    "event_time",
                    null,
                    "access",
                    "protected");
            list("tags", "daily");
            list("post-hook");
            list("pre-hook");
            list("packages");
            for (String empty : List.of("meta", "persist_docs", "quoting", "column_types", "grants")) {
                map(empty, () -> {});
            }
            map("contract", () -> out.writeBooleanField("enforced", false));
            out.writeBooleanField("enabled", true);
        });
        map("unrendered_config", () -> texts("materialized", "table"));
        map("depends_on", () -> {
            list("macros", macro);
            list("nodes", parent);
        });
        map("contract", () -> {
            out.writeBooleanField("enforced", false);
            out.writeNullField("checksum");
        });
        texts("raw_code", sql, "compiled_code", compiled(sql), "language", "sql");
        texts(
                "relation_name",
                "\"db\".\"dev\".\"" + name + "\"",
                "compiled_path",
                "target/compiled/big/models/" + name + ".sql");
    }

    private void source(int number) throws IOException {
        texts(
                "database",
                "db",
                "schema",
                "raw",
                "name",
                "t" + number,
                "resource_type",
                "source",
                "package_name",
                "big");
        texts("identifier", "t" + number, "source_name", "raw", "original_file_path", "models/sources.yml");
        list("fqn", "big", "raw", "t" + number);
        map("config", () -> out.writeBooleanField("enabled", true));
        map("columns", () -> {});
    }

    private void macro(int number) throws IOException {
        texts("name", "macro_" + number, "package_name", "dbt", "original_file_path", "macros/macro.sql");
        texts(
                "macro_sql",
                "{% macro m(relation) %}\n" + "  select {{ relation }}\n".repeat(number % 40) + "{% endmacro %}");
        map("depends_on", () -> list("macros", "macro.dbt.macro_" + number / 2));
    }

    private void column(String name, String model) throws IOException {
        map(name, () -> {
            texts(
                    "name",
                    name,
                    "description",
                    "the " + name + " of " + model,
                    "data_type",
                    null,
                    "quote",
                    null,
                    "granularity",
                    null);
            map("meta", () -> {});
            map("config", () -> {
                map("meta", () -> {});
                list("tags");
            });
            list("constraints");
            list("tags");
        });
    }

    private static String sql(int columns, int steps, String parent) {
        StringBuilder sql = new StringBuilder("with p as (select * from {{ ref('" + parent + "') }})");
        for (int step = 0; step < steps; step++) {
            sql.append(",\nstep_").append(step).append(" as (\n    select\n");
            for (int c = 0; c < columns; c++) {
                sql.append("        p.")
                        .append(WORDS[c % WORDS.length])
                        .append('_')
                        .append(c)
                        .append(",\n");
            }
            sql.append("        1 as one\n    from p\n)");
        }
        return sql.append("\nselect * from step_0").toString();
    }

    private String compiled(String sql) {
        String compiled = sql.replace("{{ ", "\"db\".\"dev\".").replace(" }}", "");
        return compiled + "\n-- padding".repeat(Math.max(0, compiledLength - compiled.length()) / 11);
    }

    private interface Content {
        void write() throws IOException;
    }

    private void map(String key, Content content) throws IOException {
        out.writeObjectFieldStart(key);
        content.write();
        out.writeEndObject();
    }

    private void list(String key, String... elements) throws IOException {
        out.writeArrayFieldStart(key);
        for (String element : elements) {
            out.writeString(element);
        }
        out.writeEndArray();
    }

    private void texts(String... keysAndValues) throws IOException {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            out.writeStringField(keysAndValues[i], keysAndValues[i + 1]);
        }
    }
}
