package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.PendingMark;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;

/** Says of each differing aspect what exactly differs. */
final class Reasons {
    private final OldConfigs oldConfigs;
    private final MacroChanges macros;
    private final Map<String, BreakingChange> breaking;

    Reasons(OldConfigs oldConfigs, MacroChanges macros, Map<String, BreakingChange> breaking) {
        this.oldConfigs = oldConfigs;
        this.macros = macros;
        this.breaking = breaking;
    }

    /** The reasons in the order of {@link Aspect}; the texts may be null, then there are fewer details. */
    List<Reason> of(Resource now, Resource old, Set<Aspect> differing, ResourceText before, ResourceText after) {
        List<Reason> reasons = new ArrayList<>();
        for (Aspect aspect : differing) {
            List<String> details = new ArrayList<>(details(aspect, now, old));
            if (before != null && after != null) {
                TextDetails.of(aspect, before, after).stream()
                        .filter(line -> aspect != Aspect.CONTRACT || !isToldOf(line, details))
                        .forEach(details::add);
            }
            reasons.add(new Reason(aspect, AspectComparison.decisive(aspect, now), details));
        }
        return reasons;
    }

    /** Whether something is told already of the column that a line is about, which then is that it breaks the contract. */
    private static boolean isToldOf(String line, List<String> told) {
        int end = Math.max(line.indexOf(": "), line.lastIndexOf(" removed"));
        return line.startsWith("column ")
                && end > 0
                && told.stream().anyMatch(other -> other.startsWith(line.substring(0, end + 1)));
    }

    private List<String> details(Aspect aspect, Resource now, Resource old) {
        return switch (aspect) {
            case BODY -> body(now, old);
            case CONFIGS -> configs(now, old);
            case RELATION -> relation(now, old);
            case MACROS ->
                macros.paths(now).stream().map(path -> String.join(" → ", path)).toList();
            case VARS, ENV ->
                InputChange.between(old, now)
                        .filter(input -> input.aspect() == aspect)
                        .map(InputChange::toString)
                        .toList();
            case CONTRACT -> contract(now, old);
            case FQN -> List.of(String.join(".", old.fqn()) + " → " + String.join(".", now.fqn()));
            case LATEST_VERSION -> List.of(Values.change(old.latestVersion(), now.latestVersion()));
            case ACCESS -> List.of(old.access() + " → " + now.access());
            case DEPRECATION_DATE -> List.of(Values.change(old.deprecationDate(), now.deprecationDate()));
            case DEPENDENCIES -> dependencies(now, old);
            case TAGS -> List.of(Values.change(old.tags(), now.tags()));
            default -> List.of();
        };
    }

    private static List<String> body(Resource now, Resource old) {
        if (AspectComparison.isComparedByContent(now, old)) {
            return List.of(old.content() + " → " + now.content());
        }
        if (now.isWithoutCode() && old.isWithoutCode()) {
            return List.of("neither manifest holds the code");
        }
        // A mark differs from whatever stands there now.
        PendingMark mark = old.pending();
        return mark == null ? List.of() : List.of("still pending " + mark.sinceWhen() + ": " + mark.why());
    }

    private List<String> configs(Resource now, Resource old) {
        boolean rendered = ConfigDifference.rendered(now.section());
        Map<String, Object> then = rendered ? old.config() : oldConfigs.of(old);
        Map<String, Object> config = rendered ? now.config() : now.unrenderedConfig();
        NavigableSet<String> keys = rendered
                ? ConfigDifference.renderedKeys(now.section(), config, then)
                : ConfigDifference.keys(now, config, then, macros.rules());
        return keys.stream().map(key -> entry(key, then, config)).toList();
    }

    private List<String> relation(Resource now, Resource old) {
        Map<String, Object> then = oldConfigs.of(old);
        return List.of("database", "schema", "alias").stream()
                .filter(key ->
                        !Objects.equals(then.get(key), now.unrenderedConfig().get(key)))
                .map(key -> entry(key, then, now.unrenderedConfig()))
                .toList();
    }

    private List<String> contract(Resource now, Resource old) {
        if (!old.contractEnforced()) {
            return List.of("the contract is enforced now");
        }
        BreakingChange change = breaking.get(now.uniqueId());
        return change == null
                ? List.of()
                : change.changes().stream().map(line -> line + " (breaking)").toList();
    }

    private static List<String> dependencies(Resource now, Resource old) {
        List<String> lines = new ArrayList<>();
        now.dependsOn().stream().filter(id -> !old.dependsOn().contains(id)).forEach(id -> lines.add(id + " added"));
        old.dependsOn().stream().filter(id -> !now.dependsOn().contains(id)).forEach(id -> lines.add(id + " removed"));
        return lines;
    }

    private static String entry(String key, Map<String, Object> then, Map<String, Object> now) {
        return key + ": " + Values.change(then.getOrDefault(key, Values.ABSENT), now.getOrDefault(key, Values.ABSENT));
    }
}
