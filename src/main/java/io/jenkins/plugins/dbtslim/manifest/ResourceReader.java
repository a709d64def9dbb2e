package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads one resource of any section: keeps what selectors need, hashes what dbt compares, skips the rest. */
final class ResourceReader {
    /** Keys of a semantic model that hold parts with a config of their own. */
    private static final Map<String, Facet> PARTS = Map.of(
            "entities", Facet.ENTITY_CONFIGS,
            "dimensions", Facet.DIMENSION_CONFIGS,
            "measures", Facet.MEASURE_CONFIGS);

    private final ValueReader json;
    private final Map<String, Fingerprint> columns = new HashMap<>();

    ResourceReader(ValueReader json) {
        this.json = json;
    }

    /** Reads the object at the next value; null when it is no object. */
    @CheckForNull
    Resource read(String uniqueId, Section section) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return null;
        }
        Draft draft = new Draft();
        draft.uniqueId = uniqueId;
        json.object(key -> {
            if (!common(key, draft, section) && !special(key, draft, section)) {
                json.skip();
            }
        });
        complete(draft, section);
        json.count(350 + 16 * draft.dependsOnNodes.size());
        return new Resource(section, draft);
    }

    private boolean common(String key, Draft draft, Section section) throws IOException {
        switch (key) {
            case "resource_type" -> draft.resourceType = json.text();
            case "name" -> draft.name = json.text();
            case "package_name" -> draft.packageName = json.text();
            case "original_file_path" -> draft.originalFilePath = json.text();
            case "patch_path" -> draft.patchPath = json.text();
            case "fqn" ->
                draft.fqn = json.list().stream().filter(Objects::nonNull).toList();
            case "tags" -> tags(draft, section);
            case "config" -> draft.config = json.map();
            case "unrendered_config" -> draft.unrenderedConfig = json.map();
            case "depends_on" -> dependsOn(draft);
            case "description" -> draft.facet(Facet.DESCRIPTION, json.fingerprint(Loading.PLAIN));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean special(String key, Draft draft, Section section) throws IOException {
        switch (section) {
            case NODES, FUNCTIONS -> {
                return node(key, draft);
            }
            case UNIT_TESTS -> {
                if ("checksum".equals(key)) {
                    draft.facet(Facet.CHECKSUM, json.fingerprint(Loading.PLAIN));
                    return true;
                }
                return false;
            }
            default -> {
                return definition(key, draft, section);
            }
        }
    }

    private boolean node(String key, Draft draft) throws IOException {
        switch (key) {
            case "raw_code" -> draft.facet(Facet.BODY, json.fingerprint(Loading.PLAIN));
            case "raw_sql" -> {
                if (draft.has(Facet.BODY)) {
                    return false;
                }
                draft.facet(Facet.BODY, json.fingerprint(Loading.PLAIN));
            }
            case "checksum" -> checksum(draft);
            case "meta" -> meta(draft);
            case "columns" -> columns(draft);
            case "contract" -> contract(draft);
            case "access" -> {
                String access = json.text();
                draft.access = access == null ? "protected" : access;
            }
            case "version" -> draft.version = json.value();
            case "latest_version" -> draft.latestVersion = json.value();
            case "deprecation_date" -> draft.deprecationDate = json.text();
            case "test_metadata" -> testMetadata(draft);
            case "arguments" -> draft.facet(Facet.ARGUMENTS, json.fingerprint(Loading.OBJECT));
            case "returns" -> draft.facet(Facet.RETURNS, json.fingerprint(Loading.OBJECT));
            case "overloads" -> draft.facet(Facet.OVERLOADS, json.fingerprint(Loading.OVERLOADS));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean definition(String key, Draft draft, Section section) throws IOException {
        WholeFacet whole = WholeFacet.of(key);
        if (PARTS.containsKey(key)) {
            parts(key, draft);
        } else if (whole != null) {
            draft.facet(whole.facet(), json.fingerprint(whole.loading()));
        } else if ("source_name".equals(key)) {
            draft.sourceName = json.text();
        } else if ("query_params".equals(key) && section == Section.SAVED_QUERIES) {
            queryParams(draft);
        } else {
            return false;
        }
        return true;
    }

    /** What a part is, and its config, which older versions of dbt drop when they load it. */
    private void parts(String key, Draft draft) throws IOException {
        Object value = json.value();
        List<Object> parts = new ArrayList<>();
        List<Object> configs = new ArrayList<>();
        for (Object part : value instanceof List<?> list ? list : List.of()) {
            Map<Object, Object> plain = new LinkedHashMap<>(part instanceof Map<?, ?> map ? map : Map.of());
            configs.add(PythonValues.withoutNulls(plain.remove("config")));
            parts.add(PythonValues.withoutNulls(plain));
        }
        draft.facet(WholeFacet.of(key).facet(), PythonValues.fingerprint(value == null ? null : parts));
        draft.facet(PARTS.get(key), PythonValues.fingerprint(configs));
    }

    private void tags(Draft draft, Section section) throws IOException {
        Object value = json.value();
        draft.tags = ValueReader.texts(value);
        if (section == Section.SAVED_QUERIES) {
            draft.facet(Facet.TAGS, PythonValues.fingerprint(value));
        }
    }

    private void dependsOn(Draft draft) throws IOException {
        draft.dependsOnMacros = List.of();
        draft.dependsOnNodes = List.of();
        json.object(key -> {
            switch (key) {
                case "macros" -> draft.dependsOnMacros = json.list();
                case "nodes" -> draft.dependsOnNodes = json.list();
                default -> json.skip();
            }
        });
    }

    private void checksum(Draft draft) throws IOException {
        json.object(key -> {
            switch (key) {
                case "name" -> draft.checksumName = json.text();
                case "checksum" -> {
                    if (PendingMark.is(draft.checksumName)) {
                        draft.pending = PendingMark.read(draft.checksumName, json.text());
                    } else {
                        draft.checksum = json.fingerprint(Loading.PLAIN);
                    }
                }
                default -> json.skip();
            }
        });
    }

    private void meta(Draft draft) throws IOException {
        json.object(key -> {
            if (Resource.CONTENT.equals(key)) {
                draft.content = json.text();
            } else if (Resource.INPUTS.equals(key)) {
                Map<String, String> inputs = new LinkedHashMap<>();
                json.object(input -> inputs.put(input, json.text()));
                draft.inputs = inputs;
            } else {
                json.skip();
            }
        });
    }

    private void contract(Draft draft) throws IOException {
        json.object(key -> {
            switch (key) {
                case "enforced" -> draft.contractEnforced = PythonValues.truthy(json.value());
                case "checksum" -> draft.facet(Facet.CONTRACT_CHECKSUM, json.fingerprint(Loading.PLAIN));
                default -> json.skip();
            }
        });
    }

    private void testMetadata(Draft draft) throws IOException {
        draft.genericTestName = "";
        json.object(key -> {
            if ("name".equals(key)) {
                draft.genericTestName = json.text();
            } else {
                json.skip();
            }
        });
    }

    private void queryParams(Draft draft) throws IOException {
        json.object(key -> {
            switch (key) {
                case "metrics" -> draft.facet(Facet.QUERY_METRICS, json.fingerprint(Loading.OBJECT));
                case "group_by" -> draft.facet(Facet.QUERY_GROUP_BY, json.fingerprint(Loading.OBJECT));
                case "where" -> draft.facet(Facet.QUERY_WHERE, json.fingerprint(Loading.OBJECT));
                default -> json.skip();
            }
        });
    }

    /** Only names and descriptions: a data type counts through the checksum of the contract. */
    private void columns(Draft draft) throws IOException {
        columns.clear();
        json.object(column -> {
            columns.put(column, Fingerprint.EMPTY_TEXT);
            json.object(key -> {
                if ("description".equals(key)) {
                    columns.put(column, json.fingerprint(Loading.PLAIN));
                } else {
                    json.skip();
                }
            });
        });
        Fingerprint sum = Fingerprint.NULL;
        for (Map.Entry<String, Fingerprint> column : columns.entrySet()) {
            sum = sum.plus(
                    Fingerprint.of(column.getKey()).then(column.getValue()).spread());
        }
        draft.facet(Facet.COLUMN_DESCRIPTIONS, sum);
    }

    private void complete(Draft draft, Section section) {
        if (draft.resourceType == null) {
            draft.resourceType = draft.uniqueId.substring(0, Math.max(0, draft.uniqueId.indexOf('.')));
        }
        boolean seed = "seed".equals(draft.resourceType);
        if (seed) {
            draft.facet(Facet.BODY, draft.checksum);
        }
        if (seed || section == Section.SOURCES) {
            draft.dependsOnNodes = List.of();
        }
        if (section == Section.UNIT_TESTS) {
            draft.tags = ValueReader.texts(draft.config.get("tags"));
        }
        if (draft.patchPath != null) {
            draft.patchPath = draft.patchPath.substring(
                    draft.patchPath.indexOf("://") < 0 ? 0 : draft.patchPath.indexOf("://") + 3);
        }
        draft.facet(Facet.LATEST_VERSION, PythonValues.fingerprint(draft.latestVersion));
        draft.facet(Facet.DEPRECATION_DATE, PythonValues.fingerprint(instant(draft.deprecationDate)));
    }

    /** Dates are compared as instants where they name an offset. */
    private static String instant(String date) {
        if (date == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(date).toInstant().toString();
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(date).toString();
            } catch (DateTimeException withoutTime) {
                try {
                    return LocalDate.parse(date).atStartOfDay().toString();
                } catch (DateTimeException noDate) {
                    return date;
                }
            }
        }
    }
}
