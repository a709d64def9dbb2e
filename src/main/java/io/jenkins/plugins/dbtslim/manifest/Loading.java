package io.jenkins.plugins.dbtslim.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What dbt's loader makes of a value before it compares it: classes fill absent keys with defaults. */
enum Loading {
    /** As it is. */
    PLAIN {
        @Override
        Object apply(Object value) {
            return value;
        }
    },
    /** A class whose optional fields are null when absent. */
    OBJECT {
        @Override
        Object apply(Object value) {
            return PythonValues.withoutNulls(value);
        }
    },
    /** Freshness of a source: both thresholds are there, empty if absent; one that is null stays so. */
    FRESHNESS {
        @Override
        Object apply(Object value) {
            if (!(value instanceof Map<?, ?> map)) {
                return value;
            }
            Map<String, Object> loaded = new LinkedHashMap<>();
            for (String key : List.of("warn_after", "error_after")) {
                Object threshold = map.containsKey(key) ? map.get(key) : Map.of();
                loaded.put(key, PythonValues.withoutNulls(threshold));
            }
            loaded.put("filter", map.get("filter"));
            return loaded;
        }
    },
    /** Exports of a saved query: dbt compares name and three keys of the unrendered config. */
    EXPORTS {
        @Override
        Object apply(Object value) {
            if (!(value instanceof List<?> list)) {
                return value;
            }
            List<Object> loaded = new ArrayList<>();
            for (Object element : list) {
                Map<?, ?> export = element instanceof Map<?, ?> map ? map : Map.of();
                Map<?, ?> config = export.get("unrendered_config") instanceof Map<?, ?> map ? map : Map.of();
                List<Object> compared = new ArrayList<>();
                compared.add(export.get("name"));
                compared.add(config.get("export_as"));
                compared.add(config.get("schema"));
                compared.add(config.get("alias"));
                loaded.add(compared);
            }
            return loaded;
        }
    },
    /** Overloads of a function: dbt compares their signature and body, not what is said of them or compiled from them. */
    OVERLOADS {
        @Override
        Object apply(Object value) {
            if (!(value instanceof List<?> list)) {
                return value;
            }
            List<Object> loaded = new ArrayList<>();
            for (Object element : list) {
                Map<?, ?> overload = element instanceof Map<?, ?> map ? map : Map.of();
                Object arguments = overload.containsKey("arguments") ? overload.get("arguments") : List.of();
                List<Object> compared = new ArrayList<>();
                compared.add(overload.get("defined_in"));
                compared.add(PythonValues.withoutNulls(arguments));
                compared.add(PythonValues.withoutNulls(overload.get("returns")));
                compared.add(overload.get("raw_body"));
                loaded.add(compared);
            }
            return loaded;
        }
    };

    abstract Object apply(Object value);
}
