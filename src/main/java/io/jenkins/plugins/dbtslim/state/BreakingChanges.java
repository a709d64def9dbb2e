package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Facet;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.PythonValues;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the breaking changes among the changed contracts, and the contracted models that are gone. Columns are read in a
 * second pass, of the few models that need it.
 */
final class BreakingChanges {
    private static final Set<String> ENFORCING = Set.of("table", "incremental");
    private static final int SIZES_IGNORED = 11;
    private static final int REMOVED_CHECKED = 9;
    /** Before this version dbt fails when a custom constraint is gone. */
    private static final int CUSTOM_LOST = 12;

    private final Manifest state;
    private final Manifest current;
    private final Rules rules;
    private final Clock clock;
    private final Set<String> failing = new LinkedHashSet<>();

    BreakingChanges(Manifest state, Manifest current, Rules rules, Clock clock) {
        this.state = state;
        this.current = current;
        this.rules = rules;
        this.clock = clock;
    }

    /** Models whose lost constraints dbt cannot judge: it fails with a KeyError. Filled by {@link #find}. */
    Set<String> failing() {
        return failing;
    }

    /** All breaking changes by unique_id. */
    Map<String, BreakingChange> find() throws ManifestException {
        Map<String, Resource> contracted = new HashMap<>();
        for (Resource old : state.resources()) {
            if (model(old) && old.contractEnforced()) {
                contracted.put(old.uniqueId(), old);
            }
        }
        Map<String, Resource> changed = new LinkedHashMap<>();
        for (Resource now : contracted.isEmpty() ? List.<Resource>of() : current.resources()) {
            Resource old = model(now) ? contracted.get(now.uniqueId()) : null;
            if (old != null && !sameContract(now, old)) {
                changed.put(now.uniqueId(), now);
            }
        }
        Map<String, BreakingChange> found = new LinkedHashMap<>();
        if (!changed.isEmpty()) {
            Map<String, ResourceText> before = ManifestTexts.read(state.file(), changed.keySet());
            Map<String, ResourceText> after = ManifestTexts.read(current.file(), changed.keySet());
            changed.forEach((id, now) -> {
                List<String> lines = lines(now, state.resource(id), before.get(id), after.get(id));
                if (!lines.isEmpty()) {
                    found.put(id, change(now, lines));
                }
            });
        }
        if (rules.minor() >= REMOVED_CHECKED) {
            removed(found);
        }
        return found;
    }

    private static boolean model(Resource resource) {
        return "model".equals(resource.resourceType());
    }

    private static BreakingChange change(Resource model, List<String> lines) {
        return new BreakingChange(model.uniqueId(), model.name(), model.version() != null, lines);
    }

    private List<String> lines(Resource now, Resource old, ResourceText before, ResourceText after) {
        List<String> lines = new ArrayList<>();
        if (!now.contractEnforced()) {
            lines.add("the contract is no longer enforced");
        }
        if (before == null || after == null) {
            return lines;
        }
        boolean enforcing = ENFORCING.contains(String.valueOf(old.materialized()));
        boolean constrained = !before.list("constraints").isEmpty();
        for (Map.Entry<String, ResourceText.Column> entry : new TreeMap<>(before.columns()).entrySet()) {
            ResourceText.Column column = entry.getValue();
            ResourceText.Column kept = after.columns().get(entry.getKey());
            constrained |= !column.constraints().isEmpty();
            if (kept == null) {
                lines.add("column " + column.name() + " is gone");
                continue;
            }
            if (!type(column).equals(type(kept))) {
                lines.add("column " + column.name() + ": data type " + column.dataType() + " → " + kept.dataType());
            }
            if (enforcing) {
                lost(now, column.constraints(), kept.constraints())
                        .forEach(lost -> lines.add("column " + column.name() + ": constraint " + lost + " is gone"));
            }
        }
        if (enforcing) {
            lost(now, before.list("constraints"), after.list("constraints"))
                    .forEach(lost -> lines.add("constraint " + lost + " is gone"));
            if (constrained && !ENFORCING.contains(String.valueOf(now.materialized()))) {
                lines.add("materialization " + old.materialized() + " → " + now.materialized()
                        + " does not enforce constraints");
            }
        }
        return lines;
    }

    private String type(ResourceText.Column column) {
        String type = String.valueOf(column.dataType());
        if (rules.minor() < SIZES_IGNORED) {
            return type;
        }
        int size = type.indexOf('(');
        return (size < 0 ? type : type.substring(0, size)).strip().toLowerCase(Locale.ROOT);
    }

    /** Types of the old constraints that the adapter enforces and that are no longer there. */
    private List<String> lost(Resource model, List<?> old, List<?> now) {
        List<Object> kept = new ArrayList<>();
        now.forEach(constraint -> kept.add(loaded(constraint)));
        List<String> lost = new ArrayList<>();
        for (Object constraint : old) {
            Object type = constraint instanceof Map<?, ?> map ? map.get("type") : null;
            Object loaded = loaded(constraint);
            boolean there = kept.stream().anyMatch(other -> PythonValues.equal(other, loaded));
            if (!there && rules.minor() < CUSTOM_LOST && !ConstraintSupport.declared(type)) {
                failing.add(model.uniqueId());
            }
            if (!there && ConstraintSupport.enforced(current.metadata().adapterType(), type)) {
                lost.add((String) type);
            }
        }
        return lost;
    }

    /** A constraint with the defaults of keys that older versions of dbt do not write. */
    private static Object loaded(Object constraint) {
        if (!(constraint instanceof Map<?, ?> map)) {
            return constraint;
        }
        Map<Object, Object> loaded = new LinkedHashMap<>();
        loaded.put("warn_unenforced", true);
        loaded.put("warn_unsupported", true);
        loaded.put("to_columns", List.of());
        loaded.putAll(map);
        return PythonValues.withoutNulls(loaded);
    }

    private void removed(Map<String, BreakingChange> found) {
        for (Resource old : state.resources()) {
            if (!model(old)) {
                continue;
            }
            Resource disabled = current.disabled(old.uniqueId());
            boolean gone = disabled != null || current.resource(old.uniqueId()) == null;
            Resource removed = disabled != null ? disabled : old;
            if (gone && model(removed) && removed.contractEnforced() && !deprecated(removed)) {
                String line = disabled != null ? "the model was disabled" : "the model was deleted or renamed";
                found.put(old.uniqueId(), change(removed, List.of(line)));
            }
        }
    }

    private boolean deprecated(Resource model) {
        Instant date = instant(model.deprecationDate());
        return date != null && date.isBefore(clock.instant());
    }

    private static Instant instant(String date) {
        if (date == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(date).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException withoutTime) {
                try {
                    return LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
                } catch (DateTimeException noDate) {
                    return null;
                }
            }
        }
    }

    /** Whether the contract of a model is the same; where it is not, the change may break it. */
    static boolean sameContract(Resource now, Resource old) {
        if (!now.contractEnforced() && !old.contractEnforced()) {
            return true;
        }
        return now.contractEnforced()
                && old.contractEnforced()
                && now.fingerprint(Facet.CONTRACT_CHECKSUM).equals(old.fingerprint(Facet.CONTRACT_CHECKSUM));
    }
}
