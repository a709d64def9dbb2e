package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What dbt is to run, as data: operations first, then (mostly) one {@code dbt build}. Made by a {@link Builder}; travels
 * to the agent and, as JSON, to the driver. It never holds a secret: those reach dbt by its environment.
 *
 * <p>Paths are text as the machine that runs dbt understands it; relative ones are relative to the directory in which
 * dbt is started, as dbt's own are ({@code --state} is made absolute by whoever builds the plan, because dbt reads a
 * relative one from the project's directory).
 */
public final class DbtPlan implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;
    private static final List<String> KINDS_OF_VARIABLES = List.of("vars", "env");

    private final String projectDir;
    private String profilesDir;
    private String profile;
    private String target;
    private String targetOf;
    private Deps deps = Deps.auto;
    private String state;
    private boolean firstRun;
    private List<String> select = new ArrayList<>();
    private List<String> exclude = new ArrayList<>();
    private String selector;
    private String indirectSelection;
    private boolean defer;
    private boolean favorState;
    private List<Operation> operations = new ArrayList<>();
    private List<DbtCommand> before = new ArrayList<>();
    private List<DbtCommand> after = new ArrayList<>();
    private String vars;
    private int threads;
    private boolean fullRefresh;
    private boolean fullRefreshModified;
    private List<String> alsoChanged = List.of();
    private List<String> keepParse = List.of();
    private boolean failFast;
    private boolean warnError;
    private Boolean colors;
    private List<String> extraArgs = new ArrayList<>();
    private List<Guard> allowed = List.of();
    private boolean builds = true;
    private DeploymentOrder deployment;
    private boolean ownEnvironment;
    private MaterializeOptions materialize = MaterializeOptions.DEFAULT;
    private DataLimits compare;

    private DbtPlan(String projectDir) {
        this.projectDir = projectDir;
    }

    /** A plan for the project in this directory. */
    public static Builder builder(String projectDir) {
        return new Builder(projectDir);
    }

    /** The directory with {@code dbt_project.yml}. */
    public String projectDir() {
        return projectDir;
    }

    /** The target of the profile, or null for the profile's own default. */
    @CheckForNull
    public String target() {
        return target;
    }

    /** What chose the target, in words; null where it was named. */
    String targetOf() {
        return targetOf;
    }

    /** Whether the project's packages are installed before. */
    public Deps deps() {
        return deps;
    }

    /** The directory with the state {@code manifest.json}, or null: then everything is built. */
    @CheckForNull
    public String state() {
        return state;
    }

    /** Whether there is no state because production has none yet: what is selected by state is everything. */
    public boolean isFirstRun() {
        return firstRun;
    }

    /** What to select, one criterion each; empty for all. */
    public List<String> select() {
        return select;
    }

    /** Name of a selector of {@code selectors.yml}, or null. */
    @CheckForNull
    public String selector() {
        return selector;
    }

    /** Whether references to what is not built here are read from the state's relations. */
    public boolean defer() {
        return defer;
    }

    /** Macros that run before the build, in order. */
    public List<Operation> operations() {
        return operations;
    }

    /** Commands of dbt that run after the operations and before the build. */
    List<DbtCommand> before() {
        return before;
    }

    /** Commands of dbt that run after a build that went well. */
    List<DbtCommand> after() {
        return after;
    }

    /** What the run may do although a guard would stop it. */
    public List<Guard> allowed() {
        return allowed;
    }

    /** Whether a build follows the operations. */
    public boolean builds() {
        return builds;
    }

    /** The blue/green deployment that this is, or null: then operations and build are all. */
    public DeploymentOrder deployment() {
        return deployment;
    }

    /** Whether incremental models that changed are made anew. */
    public boolean fullRefreshModified() {
        return fullRefreshModified;
    }

    /** What counts as a change although dbt does not see it: other values of {@code vars}, of the {@code env}. */
    List<String> alsoChanged() {
        return alsoChanged;
    }

    /** Targets whose parse is kept for the builds that start from this one. */
    List<String> keepParse() {
        return keepParse;
    }

    /** Whether it builds for a change request, and so may not write where production is. */
    public boolean ownEnvironment() {
        return ownEnvironment;
    }

    /** What is done otherwise on Materialize. */
    public MaterializeOptions materialize() {
        return materialize;
    }

    /** How much of the data is compared with production's after the build, or null for none. */
    public DataLimits compare() {
        return compare;
    }

    /** The arguments that parsing, operations and build have in common. */
    public List<String> commonArguments() {
        return commonArguments(target);
    }

    /** The arguments of an operation beside its own. */
    public List<String> commonArguments(Operation operation) {
        return commonArguments(operation.target() == null ? target : operation.target());
    }

    private List<String> commonArguments(String ofTarget) {
        List<String> args = new ArrayList<>();
        option(args, "--project-dir", projectDir);
        option(args, "--profiles-dir", profilesDir);
        option(args, "--profile", profile);
        option(args, "--target", ofTarget);
        option(args, "--vars", vars);
        if (threads > 0) {
            option(args, "--threads", Integer.toString(threads));
        }
        flag(args, warnError, "--warn-error");
        if (colors != null) {
            args.add(colors ? "--use-colors" : "--no-use-colors");
        }
        return args;
    }

    /** The arguments that say what is selected: those that {@code dbt ls} and {@code dbt build} have in common. */
    public List<String> selectionArguments() {
        List<String> args = new ArrayList<>();
        select.forEach(word -> option(args, "--select", word));
        exclude.forEach(word -> option(args, "--exclude", word));
        option(args, "--selector", selector);
        option(args, "--indirect-selection", indirectSelection);
        option(args, "--state", state);
        return args;
    }

    /** The arguments of the build alone, beside common and selection. */
    public List<String> buildArguments() {
        List<String> args = new ArrayList<>();
        flag(args, defer, "--defer");
        flag(args, favorState, "--favor-state");
        flag(args, fullRefresh, "--full-refresh");
        flag(args, failFast, "--fail-fast");
        args.addAll(extraArgs);
        return args;
    }

    private static void option(List<String> args, String name, String value) {
        if (value != null && !value.isEmpty()) {
            args.add(name);
            args.add(value);
        }
    }

    private static void flag(List<String> args, boolean set, String name) {
        if (set) {
            args.add(name);
        }
    }

    /** A plan that its builder changes no more. */
    private DbtPlan copy() {
        try {
            DbtPlan copy = (DbtPlan) clone();
            copy.select = firstRun ? FirstRun.select(select) : List.copyOf(select);
            copy.exclude = firstRun ? FirstRun.exclude(exclude) : List.copyOf(exclude);
            copy.operations = List.copyOf(operations);
            copy.before = before.stream()
                    .filter(command -> state != null || !command.equals(DbtCommand.CLONE))
                    .toList();
            copy.after = List.copyOf(after);
            copy.extraArgs = List.copyOf(extraArgs);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check() throws UserException {
        if ((defer || favorState) && (state == null || state.isEmpty())) {
            throw new UserException("Deferring needs a state: give the directory of the production"
                    + " manifest, or build without --defer and --favor-state.");
        }
        if (selector != null && !selector.isEmpty() && !(select.isEmpty() && exclude.isEmpty())) {
            throw new UserException(
                    "A named selector cannot be combined with --select or --exclude: dbt refuses that.");
        }
        ExtraArgs.checkValues(threads, indirectSelection);
        materialize.check(firstRun || state == null ? null : select);
        for (String kind : alsoChanged) {
            if (!KINDS_OF_VARIABLES.contains(kind)) {
                throw new UserException("What also counts as changed (alsoChanged, --also-changed) is vars or env; \""
                        + kind + "\" is neither.");
            }
        }
        if (ownEnvironment && !keepParse.isEmpty()) {
            throw new UserException("A change request's parse is for nobody else: keepParse (--keep-parse) is for the"
                    + " builds of production.");
        }
        ExtraArgs.check(extraArgs);
        ExtraArgs.checkCriteria("select", select);
        ExtraArgs.checkCriteria("exclude", exclude);
    }

    /** Collects the parts of a plan; what is not set is dbt's default. */
    public static final class Builder {
        private final DbtPlan plan;

        private Builder(String projectDir) {
            plan = new DbtPlan(projectDir);
        }

        public Builder profilesDir(String value) {
            plan.profilesDir = value;
            return this;
        }

        public Builder profile(String value) {
            plan.profile = value;
            return this;
        }

        public Builder target(String value) {
            plan.target = value;
            return this;
        }

        /** That of what the build is for, where none is named. */
        public Builder targetOf(Mode preset) {
            if (plan.target == null && preset.target() != null) {
                plan.target = preset.target();
                plan.targetOf = "the mode " + preset;
            }
            return this;
        }

        /** Whether the project's packages are installed before. */
        public Builder deps(Deps value) {
            plan.deps = value;
            return this;
        }

        /** The directory with the state manifest (not the file). */
        public Builder state(String value) {
            plan.state = value;
            return this;
        }

        /** There is no state because production has none yet. */
        public Builder firstRun(boolean value) {
            plan.firstRun = value;
            return this;
        }

        public Builder select(List<String> criteria) {
            plan.select.addAll(criteria);
            return this;
        }

        public Builder exclude(List<String> criteria) {
            plan.exclude.addAll(criteria);
            return this;
        }

        public Builder selector(String value) {
            plan.selector = value;
            return this;
        }

        public Builder indirectSelection(String value) {
            plan.indirectSelection = value;
            return this;
        }

        public Builder defer(boolean value) {
            plan.defer = value;
            return this;
        }

        public Builder favorState(boolean value) {
            plan.favorState = value;
            return this;
        }

        public Builder operations(List<Operation> values) {
            plan.operations.addAll(values);
            return this;
        }

        /** Commands of dbt that run after the operations and before the build. */
        public Builder before(List<DbtCommand> values) {
            plan.before.addAll(values);
            return this;
        }

        /** Commands of dbt that run after a build that went well. */
        public Builder after(List<DbtCommand> values) {
            plan.after.addAll(values);
            return this;
        }

        /** A YAML or JSON map. */
        public Builder vars(String value) {
            plan.vars = value;
            return this;
        }

        /** 0 for the profile's. */
        public Builder threads(int value) {
            plan.threads = value;
            return this;
        }

        public Builder fullRefresh(boolean value) {
            plan.fullRefresh = value;
            return this;
        }

        /** Of the incremental models, makes those anew that changed. */
        public Builder fullRefreshModified(boolean value) {
            plan.fullRefreshModified = value;
            return this;
        }

        public Builder alsoChanged(List<String> value) {
            plan.alsoChanged = List.copyOf(value);
            return this;
        }

        public Builder keepParse(List<String> value) {
            plan.keepParse = List.copyOf(value);
            return this;
        }

        public Builder failFast(boolean value) {
            plan.failFast = value;
            return this;
        }

        public Builder warnError(boolean value) {
            plan.warnError = value;
            return this;
        }

        /** Whether dbt writes ANSI colours; null for dbt's own choice. */
        public Builder colors(Boolean value) {
            plan.colors = value;
            return this;
        }

        /** What to do although a guard would stop it. */
        public Builder allow(Collection<Guard> guards) {
            plan.allowed = guards.stream().distinct().sorted().toList();
            return this;
        }

        /** Runs the operations and no build after them. */
        public Builder operationsOnly() {
            plan.builds = false;
            return this;
        }

        /** Does this instead of operations and a build of one's own choice. */
        public Builder deployment(DeploymentOrder value) {
            plan.deployment = value;
            return this;
        }

        /** It builds for a change request, and may not write where production is. */
        public Builder ownEnvironment(boolean value) {
            plan.ownEnvironment = value;
            return this;
        }

        /** What is done otherwise on Materialize. */
        public Builder materialize(MaterializeOptions value) {
            plan.materialize = value;
            return this;
        }

        /** Compares the data of what was built with production's; null for not. */
        public Builder compare(DataLimits value) {
            plan.compare = value;
            return this;
        }

        /** More arguments of {@code dbt build}, one word each. */
        public Builder extraArgs(List<String> words) {
            plan.extraArgs.addAll(words);
            return this;
        }

        /**
         * Makes the plan.
         *
         * @throws UserException with a sentence for the user when parts do not go together
         */
        public DbtPlan build() throws UserException {
            plan.check();
            return plan.copy();
        }
    }
}
