package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.DataLimits;
import io.jenkins.plugins.dbtslim.dbt.DbtCommand;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.InheritedOptions;
import io.jenkins.plugins.dbtslim.dbt.MaterializeOptions;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.UserPath;
import io.jenkins.plugins.dbtslim.run.Choice;
import io.jenkins.plugins.dbtslim.run.ModeRules;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of {@code dbt-slim build} that say what dbt is to run, and which dbt. */
final class DbtOptions {
    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--mode",
            paramLabel = "pullRequest|deploy",
            description =
                    "Sets what is not said otherwise. pullRequest: create_environment if the project has it, target"
                            + " staging, --defer, --favor-state. deploy:"
                            + " drop_environment of the pull request that --ci-tag or CI_TAG names, target production.")
    Mode mode = Mode.none;

    @Option(
            names = "--allow",
            paramLabel = "GUARD",
            description = "Goes on where this guard would stop; repeatable. Guards: ciTag, unboundCredentials,"
                    + " stateInTarget, otherDbtVersion, otherProject, unselectedDownstream, recreatedSources,"
                    + " writesProduction.")
    List<Guard> allowed = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "DIR|FILE",
            description =
                    "Production's manifest, or the directory with its manifest.json; default: DBT_STATE. Without it, and when the fetch"
                            + " found none yet, everything is built.")
    Path state;

    @Option(
            names = "--on-behind",
            paramLabel = "ignore|warn|fail",
            description =
                    "What to do where production was published from commits that this checkout has not: nodes that"
                            + " differ only because of that are marked in the report; default: warn.")
    String onBehind = "warn";

    @Option(
            names = "--select",
            paramLabel = "EXPR",
            description = "What to build, in dbt's grammar; repeatable. Default with --state: state:modified+.")
    List<String> select = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "EXPR", description = "What not to build; repeatable.")
    List<String> exclude = new ArrayList<>();

    @Option(names = "--selector", paramLabel = "NAME", description = "A selector of selectors.yml.")
    String selector;

    @Option(
            names = "--indirect-selection",
            paramLabel = "eager|cautious|buildable|empty",
            description = "Which tests come with their parents; default: dbt's.")
    String indirectSelection;

    @Option(
            names = "--defer",
            negatable = true,
            description =
                    "Read what is not built here from production's relations; default: with --state, but for the target"
                            + " production and the mode deploy.")
    Boolean defer;

    @Option(
            names = "--favor-state",
            negatable = true,
            description =
                    "Prefer production's relations even where there are some here; default: in the mode pullRequest.")
    Boolean favorState;

    @Option(
            names = "--operation",
            paramLabel = "MACRO[:ARGS]",
            description = "A macro to run before the build, in the same dbt process, such as create_environment or"
                    + " \"drop_environment:{tag: pr_42}\"; repeatable.")
    List<Operation> operations = new ArrayList<>();

    @Option(
            names = "--before",
            paramLabel = "COMMAND",
            description =
                    "A command of dbt to run before the build, in the same process, such as \"source freshness\" or"
                            + " \"seed --select raw\"; repeatable. It fails: nothing is built.")
    List<String> before = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "COMMAND",
            description = "The same after a build that went well, such as \"docs generate\"; repeatable.")
    List<String> after = new ArrayList<>();

    @Option(
            names = "--clone",
            description = "First clone production's tables of incremental models that are to be built (dbt clone), for"
                    + " warehouses that clone.")
    boolean clones;

    @Option(
            names = "--also-changed",
            split = ",",
            paramLabel = "vars,env",
            description = "Build also what reads a var or an environment variable that has another value than where it"
                    + " was built, which dbt does not see.")
    List<String> alsoChanged = new ArrayList<>();

    @Option(
            names = "--keep-parse",
            paramLabel = "TARGET",
            description = "Keep dbt's parse for this target, so that it travels with the manifest and builds on fresh"
                    + " machines need not parse everything (fetch --also parse:TARGET); repeatable.")
    List<String> keepParse = new ArrayList<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads; default: the profile's.")
    int threads;

    @Option(names = "--full-refresh", description = "Build incremental models and seeds anew.")
    boolean fullRefresh;

    @Option(
            names = "--full-refresh-modified",
            description = "Build those incremental models anew whose SQL differs from production's, so that no rows of"
                    + " their former version stay.")
    boolean fullRefreshModified;

    @Option(names = "--fail-fast", description = "Stop at the first failure.")
    boolean failFast;

    @Option(
            names = "--no-copy-privileges",
            description =
                    "On Materialize: do not grant on new objects what was granted on those whose place they take.")
    boolean keepsNoPrivileges;

    @Option(
            names = "--open-environment",
            paramLabel = "TAG",
            description = "On Materialize: the environment of an open change request, whose objects are no strangers"
                    + " where they read from what is built here; repeatable.")
    List<String> openEnvironments = new ArrayList<>();

    @Option(
            names = "--replace",
            description = "On Materialize: replace modified materialized views in place where it can, so that nothing"
                    + " downstream is built again. With --select state:modified+ only.")
    boolean replace;

    @Option(
            names = "--replace-time-limit",
            paramLabel = "MINUTES",
            description = "How long replacements may take to hydrate; default: ${DEFAULT-VALUE}.")
    int replaceTimeLimit = MaterializeOptions.MINUTES;

    @Option(
            names = "--compare-data",
            description = "Afterwards compare the rows of what was modified with production's, over dbt's connection.")
    boolean compareData;

    @Option(
            names = "--compare-samples",
            description = "Bring some rows that changed into the report; with --compare-data.")
    boolean compareSamples;

    @Option(
            names = "--compare-models",
            paramLabel = "N",
            description = "Compare the data of so many models at most; default: ${DEFAULT-VALUE}.")
    int compareModels = DataLimits.DEFAULTS.models();

    @Option(
            names = "--compare-seconds",
            paramLabel = "N",
            description = "Compare data for so long at most; default: ${DEFAULT-VALUE}.")
    int compareSeconds = DataLimits.DEFAULTS.seconds();

    @Option(
            names = "--compare-rows",
            paramLabel = "N",
            description =
                    "Compare so many rows of a model at most, those of the first keys; default: ${DEFAULT-VALUE}.")
    int compareRows = DataLimits.DEFAULTS.rows();

    @Option(names = "--warn-error", description = "Treat dbt's warnings as errors.")
    boolean warnError;

    @Option(
            names = "--extra-arg",
            paramLabel = "WORD",
            parameterConsumer = AnyWord.class,
            description = "One more word for dbt build, such as --extra-arg=--empty; repeatable.")
    List<String> extraArgs = new ArrayList<>();

    /** Takes what follows as it is, also where it is the name of an option: what may not be there is said by name. */
    static final class AnyWord implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            if (words.isEmpty()) {
                throw new MissingParameterException(
                        command.commandLine(), option, "Missing required parameter for option '--extra-arg' (WORD)");
            }
            List<String> all = new ArrayList<>(option.<List<String>>getValue());
            all.add(words.pop());
            option.setValue(all);
        }
    }

    private boolean firstRun;

    /** Takes from the environment what dbt would, where the command line does not say it. */
    void inherit(InheritedOptions inherited) throws UserException {
        if (state == null && inherited.state() != null) {
            state = project.projectDir.resolve(UserPath.of("DBT_STATE", inherited.state()));
        }
        defer = defer == null ? inherited.defer() : defer;
        favorState = favorState == null ? inherited.favorState() : favorState;
    }

    /**
     * The plan.
     *
     * @param stateDir absolute directory of the state manifest, or null
     * @param tag of the environment, or null
     */
    DbtPlan plan(@CheckForNull Path stateDir, @CheckForNull String tag, Boolean colors) throws UserException {
        List<Operation> macros = ModeRules.operations(mode, tag, operations);
        return project.plan()
                .targetOf(mode)
                .state(text(stateDir))
                .firstRun(firstRun)
                .select(effectiveSelect())
                .exclude(exclude)
                .selector(selector)
                .indirectSelection(indirectSelection)
                .defer(defers())
                .favorState(ModeRules.favorsState(mode, defers(), favorState))
                .operations(macros)
                .before(DbtCommand.before(before, clones))
                .after(DbtCommand.parse(after))
                .ownEnvironment(Mode.isForChange(mode, defers(), tag, macros))
                .alsoChanged(alsoChanged)
                .keepParse(keepParse)
                .threads(threads)
                .fullRefresh(fullRefresh)
                .fullRefreshModified(fullRefreshModified)
                .failFast(failFast)
                .warnError(warnError)
                .compare(
                        compareData
                                ? new DataLimits(compareModels, compareSeconds, compareRows, compareSamples).checked()
                                : null)
                .colors(colors)
                .extraArgs(extraArgs)
                .allow(allowed)
                .materialize(new MaterializeOptions(
                        !keepsNoPrivileges, MaterializeOptions.minutes(replace, replaceTimeLimit), openEnvironments))
                .build();
    }

    /** What to do where production is ahead of the checkout. */
    OnBehind onBehind() throws UserException {
        return Choice.of(OnBehind.class, "--on-behind", onBehind);
    }

    /** The target, or null for the profile's own default. */
    @CheckForNull
    String target() {
        return project.target == null ? mode.target() : project.target;
    }

    /** Whether what is not built is read from production; a first build has none to read from. */
    boolean defers() {
        return ModeRules.defers(mode, state != null, target(), defer);
    }

    /** With a state and nothing else asked for: what differs from it, and what that sets off. */
    List<String> effectiveSelect() {
        return state != null && select.isEmpty() && selector == null ? List.of("state:modified+") : select;
    }

    /** The state manifest as a file, or null. */
    @CheckForNull
    Path stateFile() {
        return Manifests.state(state);
    }

    /** There is no state after all: what is selected by state is everything, and nothing can be read from it. */
    void forgetState() {
        state = null;
        defer = false;
        favorState = false;
        firstRun = true;
    }

    /** Whether production has no manifest yet. */
    boolean isFirstRun() {
        return firstRun;
    }

    private static String text(Path path) {
        return path == null ? null : path.toString();
    }
}
