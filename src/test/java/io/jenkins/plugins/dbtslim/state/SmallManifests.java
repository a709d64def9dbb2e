package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests written by hand, with ' in the place of ". */
public final class SmallManifests {
    private SmallManifests() {}

    /**
     * Writes and reads a manifest.
     *
     * @param sections such as {@code 'nodes':{…},'macros':{…}}
     */
    public static Manifest of(Path folder, String dbtVersion, String adapter, String sections) throws IOException {
        String text =
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':'"
                        + dbtVersion + "','project_name':'p','adapter_type':'" + adapter + "'}," + sections + "}";
        Path file = Files.createTempFile(folder, "manifest", ".json");
        return ManifestReader.read(Files.writeString(file, text.replace('\'', '"')));
    }

    /** The same for dbt 1.12 on duckdb. */
    public static Manifest of(Path folder, String sections) throws IOException {
        return of(folder, "1.12.6", "duckdb", sections);
    }

    /** A model that depends on others (their names) and calls macros (their unique_ids), as an entry of {@code nodes}. */
    public static String model(String name, String code, String parents, String macros) {
        return node("model", name, code, parents, macros, "");
    }

    /** A node of any type; more is more keys, each with a comma behind. */
    public static String node(String type, String name, String code, String parents, String macros, String more) {
        String nodes = parents.isEmpty() ? "" : "'model.p." + String.join("','model.p.", parents.split(" ")) + "'";
        String calls = macros.isEmpty() ? "" : "'" + String.join("','", macros.split(" ")) + "'";
        return "'" + type + ".p." + name + "':{" + more + "'resource_type':'" + type + "','package_name':'p','name':'"
                + name + "','fqn':['p','" + name + "'],'original_file_path':'models/" + name + ".sql','raw_code':'"
                + code + "','config':{'enabled':true},'unrendered_config':{},'depends_on':{'nodes':[" + nodes
                + "],'macros':[" + calls + "]}}";
    }
}
