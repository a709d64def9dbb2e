package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What dbt warns about, or refuses, when it evaluates a selector: each looks only at what it compares. */
final class StateWarnings {
    private static final Set<StateSelector> LOOK_AT_CONTRACTS =
            EnumSet.of(StateSelector.MODIFIED, StateSelector.UNMODIFIED, StateSelector.CONTRACT);
    private static final Set<StateSelector> LOOK_AT_BODIES =
            EnumSet.of(StateSelector.MODIFIED, StateSelector.UNMODIFIED, StateSelector.BODY);
    private static final Set<StateSelector> LOOK_AT_MACROS =
            EnumSet.of(StateSelector.MODIFIED, StateSelector.UNMODIFIED, StateSelector.MACROS);
    /** The minor version since which dbt has an error of its own for a macro that does not exist. */
    private static final int MISSING_MACRO_SAID = 11;

    private final StateComparison comparison;
    private final MacroChanges macros;
    private final BreakingChanges contracts;
    private final Map<String, BreakingChange> breaking;

    StateWarnings(
            StateComparison comparison,
            MacroChanges macros,
            BreakingChanges contracts,
            Map<String, BreakingChange> breaking) {
        this.comparison = comparison;
        this.macros = macros;
        this.contracts = contracts;
        this.breaking = breaking;
    }

    List<StateWarning> of(StateSelector selector) throws StateException {
        List<StateWarning> warnings = new ArrayList<>();
        if (LOOK_AT_CONTRACTS.contains(selector) && !comparison.rules().fusion()) {
            contracts(warnings);
        }
        if (LOOK_AT_MACROS.contains(selector)) {
            missingMacro();
        }
        if (LOOK_AT_BODIES.contains(selector)) {
            for (Resource now : comparison.current().resources()) {
                Resource old = comparison.old(now);
                if (old != null) {
                    SeedWarnings.of(now, old).ifPresent(warnings::add);
                }
            }
        }
        return warnings;
    }

    private void contracts(List<StateWarning> warnings) throws StateException {
        for (String model : contracts.failing()) {
            throw new StateException(
                    "KeyError",
                    model + " lost a custom constraint of its contract, on which dbt "
                            + comparison.rules().dbtVersion() + " fails; dbt 1.12 does not");
        }
        for (BreakingChange change : breaking.values()) {
            String what = change.uniqueId() + ": " + String.join(", ", change.changes());
            if (change.versioned()) {
                throw new StateException(
                        "ContractBreakingChangeError",
                        "the contract of the versioned model " + what
                                + "; dbt refuses this: make a new version of the model");
            }
            warnings.add(
                    new StateWarning("UnversionedBreakingChange", change.name(), "the contract breaks of " + what));
        }
    }

    private void missingMacro() throws StateException {
        Optional<Resource> failing = macros.failing(comparison.current().resources());
        if (failing.isPresent()) {
            Resource resource = failing.get();
            throw new StateException(
                    comparison.rules().minor() >= MISSING_MACRO_SAID ? "CompilationError" : "KeyError",
                    resource.uniqueId() + " (in " + resource.originalFilePath()
                            + ") depends on a macro or generic test that does not exist, on which dbt fails when it"
                            + " compares macros; restore it, or no longer ask for it");
        }
    }
}
