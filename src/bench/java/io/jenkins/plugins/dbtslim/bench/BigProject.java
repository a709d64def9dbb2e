package io.jenkins.plugins.dbtslim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a dbt project for DuckDB that real dbt parses: models in five layers with 5 to 14 documented columns, one to
 * three parents and two or three tests each, over sources and macros. The same numbers give the same files.
 */
final class BigProject {
    private static final int LAYERS = 5;
    private static final int SOURCES = 40;
    private static final int MACROS = 20;
    private static final String[] COLUMNS =
            "id name status amount created country currency channel rate score flag kind owner total".split(" ");

    private final int models;
    private final int everyChanged;

    /** A project of so many models; in every {@code everyChanged}-th one the SQL is another (0: in none). */
    BigProject(int models, int everyChanged) {
        this.models = models;
        this.everyChanged = everyChanged;
    }

    Path write(Path folder) throws IOException {
        file(folder, "dbt_project.yml", """
                name: big
                version: "1.0.0"
                profile: big
                models: {big: {l0: {+materialized: view}, l3: {+materialized: incremental, +meta: {tier: 1}}, \
                l4: {+materialized: table, +persist_docs: {relation: true, columns: true}}}}
                """);
        file(
                folder,
                "profiles.yml",
                "big: {target: dev, outputs: {dev: {type: duckdb, path: 'big.duckdb', schema: dev}}}\n");
        StringBuilder macros = new StringBuilder();
        for (int i = 0; i < MACROS; i++) {
            String inner = i % 4 == 0 ? "{{ c }}" : "{{ mac_" + (i - 1) + "(c) }}";
            macros.append("{% macro mac_")
                    .append(i)
                    .append("(c) %}coalesce(")
                    .append(inner)
                    .append(", '')");
            macros.append("{% endmacro %}\n");
        }
        file(folder, "macros/all.sql", macros.toString());
        StringBuilder sources = new StringBuilder("sources:\n  - name: raw\n    tables:\n");
        for (int i = 0; i < SOURCES; i++) {
            sources.append("      - {name: t_")
                    .append(i)
                    .append(", description: raw table ")
                    .append(i)
                    .append("}\n");
        }
        file(folder, "models/sources.yml", sources.toString());
        Random random = new Random(7);
        List<List<String>> layers = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            layers.add(layer(folder, layer, random, layer == 0 ? List.of() : layers.get(layer - 1)));
        }
        return folder;
    }

    private List<String> layer(Path folder, int layer, Random random, List<String> below) throws IOException {
        List<String> names = new ArrayList<>();
        StringBuilder yaml = new StringBuilder("models:\n");
        for (int i = 0; i < models / LAYERS; i++) {
            String name = "m" + layer + "_" + i;
            names.add(name);
            List<String> columns = new ArrayList<>();
            int count = 5 + random.nextInt(10);
            for (int c = 0; c < count; c++) {
                columns.add(COLUMNS[c] + "_" + c);
            }
            String sql = sql(columns, random, below);
            file(
                    folder,
                    "models/l" + layer + "/" + name + ".sql",
                    everyChanged > 0 && i % everyChanged == 0 ? sql + "-- changed\n" : sql);
            yaml.append("  - name: ")
                    .append(name)
                    .append("\n    description: what ")
                    .append(name);
            yaml.append(" tells of orders, payments and stock\n    columns:\n");
            for (int c = 0; c < count; c++) {
                yaml.append("      - {name: ")
                        .append(columns.get(c))
                        .append(", description: column ")
                        .append(c);
                yaml.append(" of ").append(name);
                yaml.append(
                        c == 0
                                ? ", data_tests: [not_null, unique]}\n"
                                : c == 1 ? ", data_tests: [not_null]}\n" : "}\n");
            }
        }
        file(folder, "models/l" + layer + "/models.yml", yaml.toString());
        return names;
    }

    private static String sql(List<String> columns, Random random, List<String> below) {
        StringBuilder sql = new StringBuilder("with ");
        int parents = 1 + random.nextInt(3);
        for (int p = 0; p < parents; p++) {
            String from = below.isEmpty()
                    ? "source('raw', 't_" + random.nextInt(SOURCES) + "')"
                    : "ref('" + below.get(random.nextInt(below.size())) + "')";
            sql.append("p")
                    .append(p)
                    .append(" as (select * from {{ ")
                    .append(from)
                    .append(" }}),\n");
        }
        for (int step = 2 + random.nextInt(6); step >= 0; step--) {
            sql.append("step_").append(step).append(" as (\n    select\n");
            columns.forEach(c ->
                    sql.append("        p0.").append(c).append(" as ").append(c).append(",\n"));
            sql.append("        1 as one\n    from p0\n)").append(step > 0 ? ",\n" : "\n");
        }
        return sql.append("select {{ mac_")
                .append(random.nextInt(MACROS))
                .append("('id_0') }} as x, *\nfrom step_0\n")
                .toString();
    }

    private static void file(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
