package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one resource of any section: keeps what selectors need, hashes what dbt compares, skips the rest. */
final class ResourceReader {
    private final JsonParser parser;
    private final ValuePool pool;
    private final Map<String, Fingerprint> columns = new HashMap<>();

    ResourceReader(JsonParser parser, ValuePool pool) {
        this.parser = parser;
        this.pool = pool;
    }

    /** Reads the object at the parser's current token; null when it is no object. */
    Resource read(String uniqueId, Section section) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        Draft draft = new Draft();
        draft.uniqueId = uniqueId;
        Fields.each(parser, key -> {
            if (!common(key, draft, section) && !special(key, draft, section)) {
                parser.skipChildren();
            }
        });
        complete(draft, section);
        pool.count(350 + 16 * draft.dependsOnNodes.size());
        return new Resource(section, draft);
    }

    private boolean common(String key, Draft draft, Section section) throws IOException {
        switch (key) {
            case "resource_type" -> draft.resourceType = pool.text(parser);
            case "name" -> draft.name = pool.text(parser);
            case "package_name" -> draft.packageName = pool.text(parser);
            case "original_file_path" -> draft.originalFilePath = pool.text(parser);
            case "patch_path" -> draft.patchPath = pool.text(parser);
            case "fqn" -> draft.fqn = pool.list(parser);
            case "tags" -> tags(draft, section);
            case "config" -> draft.config = pool.map(parser);
            case "unrendered_config" -> draft.unrenderedConfig = pool.map(parser);
            case "depends_on" -> dependsOn(draft);
            case "description" -> draft.facet(Facet.DESCRIPTION, pool.textFingerprint(parser));
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
                    draft.facet(Facet.CHECKSUM, pool.fingerprint(parser, Loading.PLAIN));
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
            case "raw_code" -> draft.facet(Facet.BODY, pool.textFingerprint(parser));
            case "raw_sql" -> {
                if (draft.has(Facet.BODY)) {
                    return false;
                }
                draft.facet(Facet.BODY, pool.textFingerprint(parser));
            }
            case "checksum" -> checksum(draft);
            case "columns" -> columns(draft);
            case "contract" -> contract(draft);
            case "access" -> {
                String access = pool.text(parser);
                draft.access = access == null ? "protected" : access;
            }
            case "version" -> draft.version = pool.value(parser);
            case "latest_version" -> draft.latestVersion = pool.value(parser);
            case "deprecation_date" -> draft.deprecationDate = pool.text(parser);
            case "test_metadata" -> testMetadata(draft);
            case "arguments" -> draft.facet(Facet.ARGUMENTS, pool.fingerprint(parser, Loading.OBJECT));
            case "returns" -> draft.facet(Facet.RETURNS, pool.fingerprint(parser, Loading.OBJECT));
            case "overloads" -> draft.facet(Facet.OVERLOADS, pool.fingerprint(parser, Loading.OBJECT));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean definition(String key, Draft draft, Section section) throws IOException {
        switch (key) {
            case "source_name" -> draft.sourceName = pool.text(parser);
            case "database" -> draft.facet(Facet.DATABASE, pool.fingerprint(parser, Loading.PLAIN));
            case "schema" -> draft.facet(Facet.SCHEMA, pool.fingerprint(parser, Loading.PLAIN));
            case "identifier" -> draft.facet(Facet.IDENTIFIER, pool.fingerprint(parser, Loading.PLAIN));
            case "unrendered_database" ->
                draft.facet(Facet.UNRENDERED_DATABASE, pool.fingerprint(parser, Loading.PLAIN));
            case "unrendered_schema" -> draft.facet(Facet.UNRENDERED_SCHEMA, pool.fingerprint(parser, Loading.PLAIN));
            case "quoting" -> draft.facet(Facet.QUOTING, pool.fingerprint(parser, Loading.OBJECT));
            case "freshness" -> draft.facet(Facet.FRESHNESS, pool.fingerprint(parser, Loading.FRESHNESS));
            case "loaded_at_field" -> draft.facet(Facet.LOADED_AT_FIELD, pool.fingerprint(parser, Loading.PLAIN));
            case "external" -> draft.facet(Facet.EXTERNAL, pool.fingerprint(parser, Loading.OBJECT));
            case "type" -> draft.facet(Facet.TYPE, pool.fingerprint(parser, Loading.PLAIN));
            case "owner" -> draft.facet(Facet.OWNER, pool.fingerprint(parser, Loading.OBJECT));
            case "maturity" -> draft.facet(Facet.MATURITY, pool.fingerprint(parser, Loading.PLAIN));
            case "url" -> draft.facet(Facet.URL, pool.fingerprint(parser, Loading.PLAIN));
            case "label" -> draft.facet(Facet.LABEL, pool.fingerprint(parser, Loading.PLAIN));
            case "model" -> draft.facet(Facet.MODEL, pool.fingerprint(parser, Loading.PLAIN));
            case "defaults" -> draft.facet(Facet.DEFAULTS, pool.fingerprint(parser, Loading.OBJECT));
            case "entities" -> draft.facet(Facet.ENTITIES, pool.fingerprint(parser, Loading.OBJECT));
            case "dimensions" -> draft.facet(Facet.DIMENSIONS, pool.fingerprint(parser, Loading.OBJECT));
            case "measures" -> draft.facet(Facet.MEASURES, pool.fingerprint(parser, Loading.OBJECT));
            case "primary_entity" -> draft.facet(Facet.PRIMARY_ENTITY, pool.fingerprint(parser, Loading.PLAIN));
            case "group" -> draft.facet(Facet.GROUP, pool.fingerprint(parser, Loading.PLAIN));
            case "exports" -> draft.facet(Facet.EXPORTS, pool.fingerprint(parser, Loading.EXPORTS));
            case "query_params" -> {
                if (section != Section.SAVED_QUERIES) {
                    return false;
                }
                queryParams(draft);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tags(Draft draft, Section section) throws IOException {
        Object value = pool.value(parser);
        draft.tags = ValuePool.texts(value);
        if (section == Section.SAVED_QUERIES) {
            draft.facet(Facet.TAGS, PythonValues.fingerprint(value));
        }
    }

    private void dependsOn(Draft draft) throws IOException {
        draft.dependsOnMacros = List.of();
        draft.dependsOnNodes = List.of();
        Fields.each(parser, key -> {
            switch (key) {
                case "macros" -> draft.dependsOnMacros = pool.list(parser);
                case "nodes" -> draft.dependsOnNodes = pool.list(parser);
                default -> parser.skipChildren();
            }
        });
    }

    private void checksum(Draft draft) throws IOException {
        Fields.each(parser, key -> {
            switch (key) {
                case "name" -> draft.checksumName = pool.text(parser);
                case "checksum" -> draft.checksum = pool.fingerprint(parser, Loading.PLAIN);
                default -> parser.skipChildren();
            }
        });
    }

    private void contract(Draft draft) throws IOException {
        Fields.each(parser, key -> {
            switch (key) {
                case "enforced" -> draft.contractEnforced = PythonValues.truthy(pool.value(parser));
                case "checksum" -> draft.facet(Facet.CONTRACT_CHECKSUM, pool.fingerprint(parser, Loading.PLAIN));
                default -> parser.skipChildren();
            }
        });
    }

    private void testMetadata(Draft draft) throws IOException {
        draft.genericTestName = "";
        Fields.each(parser, key -> {
            if ("name".equals(key)) {
                draft.genericTestName = pool.text(parser);
            } else {
                parser.skipChildren();
            }
        });
    }

    private void queryParams(Draft draft) throws IOException {
        Fields.each(parser, key -> {
            switch (key) {
                case "metrics" -> draft.facet(Facet.QUERY_METRICS, pool.fingerprint(parser, Loading.OBJECT));
                case "group_by" -> draft.facet(Facet.QUERY_GROUP_BY, pool.fingerprint(parser, Loading.OBJECT));
                case "where" -> draft.facet(Facet.QUERY_WHERE, pool.fingerprint(parser, Loading.OBJECT));
                default -> parser.skipChildren();
            }
        });
    }

    /** Only names and descriptions: a data type counts through the checksum of the contract. */
    private void columns(Draft draft) throws IOException {
        columns.clear();
        Fields.each(parser, column -> {
            columns.put(column, TextHash.EMPTY);
            Fields.each(parser, key -> {
                if ("description".equals(key)) {
                    columns.put(column, pool.textFingerprint(parser));
                } else {
                    parser.skipChildren();
                }
            });
        });
        Fingerprint sum = Fingerprint.NULL;
        for (Map.Entry<String, Fingerprint> column : columns.entrySet()) {
            sum = sum.plus(pool.nameFingerprint(column.getKey())
                    .then(column.getValue())
                    .spread());
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
            draft.tags = ValuePool.texts(draft.config.get("tags"));
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
