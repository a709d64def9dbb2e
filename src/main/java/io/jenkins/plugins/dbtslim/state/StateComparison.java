package io.jenkins.plugins.dbtslim.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/**
 * The comparison of the current manifest with that of the state, by the rules of the dbt version that wrote the current
 * one. It answers what dbt's {@code state:} method answers, and says why.
 */
public final class StateComparison {
    private static final int FUNCTIONS_PAIRED = 11;
    private static final int SAVED_QUERIES_PAIRED = 9;

    private final Manifest state;
    private final Manifest current;
    private final Rules rules;
    private final AspectComparison aspects;
    private final OldConfigs oldConfigs;
    private final MacroChanges macros;
    private final BreakingChanges contracts;
    private final List<InputChange> inputs;
    private final Map<String, BreakingChange> breaking;
    private final Map<String, EnumSet<Aspect>> differing = new LinkedHashMap<>();

    private StateComparison(Manifest state, Manifest current, StateOptions options, Clock clock)
            throws ManifestException {
        this.state = state;
        this.current = current;
        String version = options.dbtVersion() == null ? current.metadata().dbtVersion() : options.dbtVersion();
        rules = Rules.of(version, options);
        oldConfigs = RereadConfigs.of(state, rules);
        aspects = new AspectComparison(rules, oldConfigs);
        macros = new MacroChanges(state, current, rules);
        contracts = new BreakingChanges(state, current, rules, clock);
        breaking = contracts.find();
        inputs = InputChange.of(this, options);
        for (Resource now : current.resources()) {
            Resource old = old(now);
            EnumSet<Aspect> found = old == null ? EnumSet.noneOf(Aspect.class) : aspects.differences(now, old);
            if (macros.affect(now)) {
                found.add(Aspect.MACROS);
            }
            InputChange.between(old, now)
                    .map(InputChange::aspect)
                    .filter(aspect -> options.alsoChanged(aspect.name().toLowerCase(Locale.ROOT)))
                    .forEach(found::add);
            if (!found.isEmpty()) {
                differing.put(now.uniqueId(), found);
            }
        }
    }

    /**
     * Compares two manifests.
     *
     * @param state what production was built from
     * @param current the project now
     * @throws ManifestException if a second pass over one of the files fails
     */
    public static StateComparison compare(Manifest state, Manifest current, StateOptions options)
            throws ManifestException {
        return compare(state, current, options, Clock.systemUTC());
    }

    static StateComparison compare(Manifest state, Manifest current, StateOptions options, Clock clock)
            throws ManifestException {
        return new StateComparison(state, current, options, clock);
    }

    public Manifest state() {
        return state;
    }

    public Manifest current() {
        return current;
    }

    /** The rules that apply. */
    public Rules rules() {
        return rules;
    }

    /**
     * dbt's answer for one resource of the current manifest. A new source, exposure, metric, semantic model or saved
     * query is new and, to dbt 1, not modified.
     */
    public boolean matches(StateSelector selector, Resource resource) {
        Resource old = old(resource);
        return switch (selector) {
            case NEW -> old == null;
            case OLD -> old != null;
            case MODIFIED -> modified(resource, old);
            case UNMODIFIED -> !modified(resource, old) && !(rules.fusion() && old == null);
            case MACROS -> differs(Aspect.MACROS, resource) || (rules.fusion() && old == null);
            case BODY -> part(Aspect.BODY, resource, old);
            case CONFIGS -> part(Aspect.CONFIGS, resource, old);
            case RELATION -> part(Aspect.RELATION, resource, old);
            case PERSISTED_DESCRIPTIONS -> part(Aspect.PERSISTED_DESCRIPTIONS, resource, old);
            case CONTRACT -> part(Aspect.CONTRACT, resource, old);
        };
    }

    /**
     * What dbt warns about when it evaluates a selector.
     *
     * @throws StateException if dbt refuses, because the contract of a versioned model breaks or a macro does not exist
     */
    public List<StateWarning> warnings(StateSelector selector) throws StateException {
        return new StateWarnings(this, macros, contracts, breaking).of(selector);
    }

    /** Breaking changes of contracts, also of removed models, by unique_id. */
    public Map<String, BreakingChange> breakingChanges() {
        return Map.copyOf(breaking);
    }

    /**
     * What became of a resource of the current manifest, with what the indexes alone can tell of the reasons.
     *
     * @throws IllegalArgumentException if the current manifest has no such resource
     */
    public Change change(String uniqueId) {
        Resource now = current.resource(uniqueId);
        if (now == null) {
            throw new IllegalArgumentException("no such resource: " + uniqueId);
        }
        Resource old = old(now);
        if (old == null) {
            return new Change(Change.Kind.NEW, List.of());
        }
        List<Reason> reasons = new Reasons(oldConfigs, macros, breaking).of(now, old, differing(now), null, null);
        return new Change(modified(now, old) ? Change.Kind.MODIFIED : Change.Kind.UNCHANGED, reasons);
    }

    /**
     * What became of some resources, with all details: texts are read again from both files.
     *
     * @throws ManifestException if a second pass over one of the files fails
     */
    public Map<String, Change> explain(Collection<String> uniqueIds) throws ManifestException {
        return Explanation.of(this, new Reasons(oldConfigs, macros, breaking), uniqueIds);
    }

    /** Resources of the state that the current manifest no longer has, in the order of the state's file. */
    public List<Resource> removed() {
        return state.resources().stream()
                .filter(old -> current.resource(old.uniqueId()) == null)
                .toList();
    }

    /** New unique_id by old one, of removed resources whose body came back under another name of the same type. */
    public Map<String, String> renamed() {
        return Renames.of(this);
    }

    /** Sentences about the comparison as a whole: rules that are only near, or likely causes when most is modified. */
    public List<String> advice() {
        return Advisor.of(this);
    }

    /** Vars and environment variables that have other values than where production's nodes were built, most users first. */
    public List<InputChange> inputChanges() {
        return inputs;
    }

    /** The macros that changed, were added or are gone. */
    public Set<String> changedMacros() {
        return macros.changed();
    }

    /** The macros that call one of these, directly or not, and these themselves. */
    public Set<String> macrosReaching(Collection<String> changed) {
        return macros.reaching(changed);
    }

    /** Those of them that a resource of the current manifest calls, directly or through other macros. */
    public Set<String> changedMacros(Resource now) {
        return macros.changed(now);
    }

    /** The old version of a resource, or null. */
    @CheckForNull
    public Resource old(Resource now) {
        boolean unpaired = (now.section() == Section.FUNCTIONS && rules.minor() < FUNCTIONS_PAIRED)
                || (now.section() == Section.SAVED_QUERIES && rules.minor() < SAVED_QUERIES_PAIRED);
        return unpaired ? null : state.resource(now.uniqueId());
    }

    /** The keys of the config that differ, of a resource that has an old version. */
    NavigableSet<String> configKeys(Resource now) {
        return aspects.configKeys(now, old(now));
    }

    /** The keys of the config that name the relation and differ, of a resource that has an old version. */
    List<String> relationKeys(Resource now) {
        return aspects.relationKeys(now, old(now));
    }

    /** Every aspect that differs, also those that do not make it modified. */
    Set<Aspect> differing(Resource now) {
        return differing.getOrDefault(now.uniqueId(), EnumSet.noneOf(Aspect.class));
    }

    private boolean differs(Aspect aspect, Resource resource) {
        return differing(resource).contains(aspect);
    }

    private boolean modified(Resource now, Resource old) {
        if (old == null) {
            return aspects.newIsModified(now) || differs(Aspect.MACROS, now);
        }
        EnumSet<Aspect> found = differing.get(now.uniqueId());
        if (found != null) {
            for (Aspect aspect : found) {
                if (AspectComparison.decisive(aspect, now)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean part(Aspect aspect, Resource now, Resource old) {
        if (old == null && rules.fusion()) {
            return true;
        }
        return AspectComparison.has(aspect, now) && (old == null || differs(aspect, now));
    }
}
