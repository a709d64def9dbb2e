package io.jenkins.plugins.dbtslim.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A dbt project with some of everything that {@code dbt build} builds, which changes at random and goes back at random.
 * What is named in the file {@code plan} fails, though nothing in the project tells of it.
 */
final class RandomProject {
    private static final List<String> MATERIALIZED = List.of("view", "table", "incremental", "ephemeral");

    private final Random random;
    private final Path folder;
    private Spec spec = new Spec();
    private final List<Spec> history = new ArrayList<>();
    private int next;

    /** What the files are made of. */
    private static final class Spec {
        final TreeMap<String, Model> models = new TreeMap<>();
        final TreeMap<String, Integer> numbers = new TreeMap<>();

        Spec copy() {
            Spec copy = new Spec();
            models.forEach((name, model) -> copy.models.put(name, model.copy()));
            copy.numbers.putAll(numbers);
            return copy;
        }

        int number(String name) {
            return numbers.getOrDefault(name, 0);
        }
    }

    /** One model. */
    private static final class Model {
        int body;
        String materialized = "view";
        int meta;
        int alias;
        int macro;
        final TreeSet<String> parents = new TreeSet<>();

        Model copy() {
            Model copy = new Model();
            copy.body = body;
            copy.materialized = materialized;
            copy.meta = meta;
            copy.alias = alias;
            copy.macro = macro;
            copy.parents.addAll(parents);
            return copy;
        }
    }

    RandomProject(Random random, Path folder) throws IOException {
        this.random = random;
        this.folder = folder;
        for (int i = 0; i < 6; i++) {
            addModel();
        }
        history.add(spec.copy());
        write();
    }

    /** Some changes, or back to what was before. */
    void change() throws IOException {
        if (history.size() > 1 && random.nextInt(4) == 0) {
            spec = history.get(random.nextInt(history.size())).copy();
        } else {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                changeOne();
            }
        }
        history.add(spec.copy());
        write();
    }

    private void changeOne() {
        List<String> names = new ArrayList<>(spec.models.keySet());
        Model model = spec.models.get(names.get(random.nextInt(names.size())));
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> model.body++;
            case 3 -> model.meta++;
            case 4 -> model.alias++;
            case 5 -> model.materialized = MATERIALIZED.get(random.nextInt(MATERIALIZED.size()));
            case 6 -> addModel();
            case 7 -> remove(names.get(random.nextInt(names.size())));
            case 8 -> bump("macro1");
            case 9 -> bump("macro2");
            default ->
                bump(List.of(
                                "seed0",
                                "seed1",
                                "snapshot",
                                "version",
                                "latest",
                                "contract",
                                "unit",
                                "singular",
                                "severity",
                                "source")
                        .get(random.nextInt(10)));
        }
    }

    private void bump(String name) {
        spec.numbers.merge(name, 1, Integer::sum);
    }

    private void addModel() {
        Model model = new Model();
        model.materialized = MATERIALIZED.get(random.nextInt(MATERIALIZED.size()));
        model.macro = random.nextInt(3);
        for (String name : spec.models.keySet()) {
            if (random.nextInt(3) == 0) {
                model.parents.add(name);
            }
        }
        spec.models.put("m" + (char) ('a' + next / 26) + (char) ('a' + next % 26), model);
        next++;
    }

    private void remove(String name) {
        if (spec.models.size() > 3) {
            spec.models.remove(name);
            spec.models.values().forEach(model -> model.parents.remove(name));
        }
    }

    /** Lets some nodes and tests fail in the next run. */
    void plan(boolean failures) throws IOException {
        StringBuilder plan = new StringBuilder("-\n");
        List<String> names = new ArrayList<>(spec.models.keySet());
        names.addAll(List.of("s0", "s1", "sn", "mv_v1", "mv_v2", "con", "src", "uni", "singular"));
        for (String name : names) {
            if (failures && random.nextInt(7) == 0) {
                plan.append(name).append('\n');
            }
            if (failures && random.nextInt(9) == 0) {
                plan.append("test-").append(name).append('\n');
            }
        }
        Files.writeString(folder.resolve("plan"), plan);
    }

    /** Names of some models, to select or exclude. */
    List<String> some() {
        List<String> names = new ArrayList<>(spec.models.keySet());
        names.addAll(List.of("s0", "sn", "con", "mv"));
        names.removeIf(name -> random.nextInt(4) > 0);
        return names;
    }

    /**
     * What decides what stands in production, by unique_id, of all that is built: also what is inlined into it. Two of
     * one node are equal if and only if the same is built.
     */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        spec.models.forEach((name, model) -> {
            if (!model.materialized.equals("ephemeral")) {
                contents.put("model.p." + name, inlined(name));
            }
        });
        contents.put("seed.p.s0", "" + spec.number("seed0"));
        contents.put("seed.p.s1", "" + spec.number("seed1"));
        contents.put("snapshot.p.sn", "" + spec.number("snapshot"));
        contents.put("model.p.mv.v1", "" + spec.number("version") + spec.number("latest") % 2);
        contents.put("model.p.mv.v2", "" + spec.number("latest") % 2);
        contents.put("model.p.con", "" + spec.number("contract"));
        contents.put("model.p.src", "" + spec.number("source") % 2);
        contents.put("model.p.uni", "" + spec.number("unit") / 2);
        return contents;
    }

    private String inlined(String name) {
        Model model = spec.models.get(name);
        StringBuilder text = new StringBuilder(sql(name, model));
        text.append(model.macro == 0 ? "" : spec.number("macro" + model.macro));
        for (String parent : model.parents) {
            if (spec.models.get(parent).materialized.equals("ephemeral")) {
                text.append(inlined(parent));
            }
        }
        return text.toString();
    }

    private String sql(String name, Model model) {
        String sql = "{{ config(materialized='" + model.materialized + "', meta={'n': " + model.meta + "}"
                + (model.alias == 0 ? "" : ", alias='" + name + "_" + model.alias + "'") + ") }}"
                + planned(name) + "select " + model.body + (model.macro == 0 ? "" : " + {{ m" + model.macro + "() }}")
                + " as id";
        for (String parent : model.parents) {
            sql += " union all select id from {{ ref('" + parent + "') }}";
        }
        return sql;
    }

    private static String planned(String name) {
        return "{{ planned('" + name + "') }} ";
    }

    private void write() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        String read = "read_csv('" + folder.resolve("plan") + "', header=false, columns={'n': 'VARCHAR'})";
        files.put("dbt_project.yml", """
                name: p
                version: '1.0'
                profile: p
                flags: {send_anonymous_usage_stats: false}
                seeds: {p: {+pre-hook: "{{ planned(this.name) }}"}}
                """);
        files.put(
                "profiles.yml",
                "p: {target: prod, outputs: {prod: {type: duckdb, path: '" + folder
                        + "/p.duckdb', threads: 2}, ci: {type: duckdb, path: '" + folder
                        + "/p.duckdb', schema: ci}}}\n");
        files.put("macros/planned.sql", """
                {% macro planned(name) %}{% if execute %}
                {% set found = run_query("select count(*) from READ where n = '" ~ name ~ "'") %}
                {% if found.rows[0][0] > 0 %}{{ exceptions.raise_compiler_error("planned: " ~ name) }}{% endif %}
                {% endif %}{% endmacro %}
                {% test planned_ok(model, name) %}select 1 as x from READ where n = 'test-{{ name }}'{% endtest %}
                """.replace("READ", read));
        files.put("macros/m1.sql", "{% macro m1() %}" + spec.number("macro1") + "{% endmacro %}");
        files.put("macros/m2.sql", "{% macro m2() %}{{ m3() }}{% endmacro %}");
        files.put("macros/m3.sql", "{% macro m3() %}" + spec.number("macro2") + "{% endmacro %}");
        files.put("seeds/s0.csv", "id\n" + spec.number("seed0") + "\n");
        files.put("seeds/s1.csv", "id\n" + spec.number("seed1") + "\n");
        files.put(
                "snapshots/sn.sql",
                "{% snapshot sn %}{{ config(unique_key='id', strategy='check', check_cols='all',"
                        + " target_schema='main') }}" + planned("sn") + "select " + spec.number("snapshot")
                        + " as id{% endsnapshot %}");
        StringBuilder yaml = new StringBuilder("models:\n");
        spec.models.forEach((name, model) -> {
            files.put("models/" + name + ".sql", sql(name, model));
            yaml.append("- {name: " + name + ", columns: [{name: id, tests: [not_null]}], tests: [planned_ok: {name: "
                    + name
                    + (name.equals(spec.models.firstKey()) && spec.number("severity") % 2 == 1
                            ? ", config: {severity: warn}"
                            : "")
                    + "}]}\n");
        });
        files.put("models/mv_v1.sql", planned("mv_v1") + "select " + spec.number("version") + " as id");
        files.put("models/mv_v2.sql", planned("mv_v2") + "select 2 as id");
        yaml.append("- {name: mv, latest_version: " + (1 + spec.number("latest") % 2)
                + ", versions: [{v: 1}, {v: 2}], columns: [{name: id, tests: [not_null]}]}\n");
        files.put("models/con.sql", planned("con") + "select 1 as id" + ", 2 as x" + spec.number("contract"));
        yaml.append(
                "- {name: con, config: {contract: {enforced: true}}, columns: [{name: id, data_type: integer}, {name:"
                        + " x" + spec.number("contract") + ", data_type: integer}]}\n");
        files.put("models/src.sql", planned("src") + "select id from {{ source('raw', 't') }}");
        yaml.append("sources:\n- {name: raw, schema: main, tables: [{name: t, identifier: s" + spec.number("source") % 2
                + "}]}\n");
        int unit = spec.number("unit");
        files.put("models/uni.sql", planned("uni") + "select id + " + unit / 2 + " as id from {{ ref('s0') }}");
        yaml.append(
                "unit_tests:\n- {name: adds, model: uni, given: [{input: ref('s0'), rows: [{id: 1}]}], expect: {rows:"
                        + " [{id: " + (unit % 2 + 1 + unit / 2) + "}]}}\n");
        files.put("models/schema.yml", yaml.toString());
        files.put(
                "tests/singular.sql",
                "select 1 as x, " + spec.number("singular") + " as y from " + read + " where n = 'singular'");
        for (String sub : List.of("models", "macros", "seeds", "snapshots", "tests")) {
            Path place = Files.createDirectories(folder.resolve(sub));
            try (var there = Files.list(place)) {
                for (Path file : there.toList()) {
                    if (!files.containsKey(sub + "/" + file.getFileName())) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Leaves nothing that fails by itself. */
    void mend() throws IOException {
        if (spec.number("unit") % 2 == 1) {
            bump("unit");
            history.add(spec.copy());
            write();
        }
    }
}
