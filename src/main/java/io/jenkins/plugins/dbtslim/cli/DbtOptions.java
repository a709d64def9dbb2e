package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of {@code dbt-slim build} that say what dbt is to run, and which dbt. */
final class DbtOptions {
    @Option(
            names = "--project-dir",
            paramLabel = "DIR",
            description = "Directory with dbt_project.yml; default: the current one.")
    Path projectDir = Path.of("");

    @Option(names = "--profiles-dir", paramLabel = "DIR", description = "Directory with profiles.yml.")
    Path profilesDir;

    @Option(names = "--profile", paramLabel = "NAME", description = "Profile; default: the project's.")
    String profile;

    @Option(names = "--target", paramLabel = "NAME", description = "Target of the profile; default: the profile's.")
    String target;

    @Option(
            names = "--state",
            paramLabel = "DIR|FILE",
            description = "Production's manifest, or the directory with its manifest.json. Without it everything is"
                    + " built.")
    Path state;

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

    @Option(names = "--defer", description = "Read what is not built here from production's relations.")
    boolean defer;

    @Option(names = "--favor-state", description = "Prefer production's relations even where there are some here.")
    boolean favorState;

    @Option(
            names = "--operation",
            paramLabel = "MACRO[:ARGS]",
            converter = OperationConverter.class,
            description = "A macro to run before the build, in the same dbt process, such as create_environment or"
                    + " \"drop_environment:{tag: pr_42}\"; repeatable.")
    List<Operation> operations = new ArrayList<>();

    @Option(names = "--vars", paramLabel = "YAML", description = "dbt variables, a YAML or JSON map.")
    String vars;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; default: the profile's.")
    int threads;

    @Option(names = "--full-refresh", description = "Build incremental models and seeds anew.")
    boolean fullRefresh;

    @Option(names = "--fail-fast", description = "Stop at the first failure.")
    boolean failFast;

    @Option(names = "--warn-error", description = "Treat dbt's warnings as errors.")
    boolean warnError;

    @Option(
            names = "--extra-arg",
            paramLabel = "WORD",
            description = "One more word for dbt build, such as --extra-arg=--empty; repeatable.")
    List<String> extraArgs = new ArrayList<>();

    @ArgGroup
    Installation installation = new Installation();

    /** Where dbt is installed: one of both, or the PATH. */
    static final class Installation {
        @Option(names = "--venv", paramLabel = "DIR", description = "Python virtual environment with dbt.")
        Path venv;

        @Option(names = "--dbt", paramLabel = "EXE", description = "The dbt command; default: dbt on the PATH.")
        String dbt;
    }

    DbtEnvironment environment() {
        if (installation.venv != null) {
            return DbtEnvironment.venv(installation.venv.toString());
        }
        return installation.dbt == null ? DbtEnvironment.onPath() : DbtEnvironment.executable(installation.dbt);
    }

    /**
     * The plan.
     *
     * @param stateDir absolute directory of the state manifest, or null
     */
    DbtPlan plan(Path stateDir, Boolean colors) {
        return DbtPlan.builder(projectDir())
                .profilesDir(text(profilesDir))
                .profile(profile)
                .target(target)
                .state(text(stateDir))
                .select(effectiveSelect())
                .exclude(exclude)
                .selector(selector)
                .indirectSelection(indirectSelection)
                .defer(defer)
                .favorState(favorState)
                .operations(operations)
                .vars(vars)
                .threads(threads)
                .fullRefresh(fullRefresh)
                .failFast(failFast)
                .warnError(warnError)
                .colors(colors)
                .extraArgs(extraArgs)
                .build();
    }

    /** With a state and nothing else asked for: what differs from it, and what that sets off. */
    List<String> effectiveSelect() {
        return state != null && select.isEmpty() && selector == null ? List.of("state:modified+") : select;
    }

    String projectDir() {
        return projectDir.toString().isEmpty() ? "." : projectDir.toString();
    }

    /** The state manifest as a file, or null. */
    Path stateFile() {
        return state != null && Files.isDirectory(state) ? state.resolve("manifest.json") : state;
    }

    private static String text(Path path) {
        return path == null ? null : path.toString();
    }
}
