package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Deps;
import io.jenkins.plugins.dbtslim.dbt.ProtectedNames;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.UserPath;
import io.jenkins.plugins.dbtslim.manifest.DatabaseNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which dbt project, with which profile, and which dbt. */
final class ProjectOptions {
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

    @Option(names = "--vars", paramLabel = "YAML", description = "dbt variables, a YAML or JSON map.")
    String vars;

    @Option(
            names = "--deps",
            paramLabel = "auto|always|never",
            description = "Whether the packages of packages.yml are installed first (dbt deps, in the same process);"
                    + " default: auto, where those that are there are not the ones that it or package-lock.yml says.")
    Deps deps = Deps.auto;

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

    String projectDir() {
        return projectDir.toString().isEmpty() ? "." : projectDir.toString();
    }

    /** A plan with these and no more. */
    DbtPlan.Builder plan() {
        return DbtPlan.builder(projectDir())
                .profilesDir(profilesDir == null ? null : profilesDir.toString())
                .profile(profile)
                .target(target)
                .deps(deps)
                .vars(vars);
    }

    /**
     * What the profile and production's manifest name, wherever dbt may find the profile: nothing of that name is dropped.
     *
     * @param state production's manifest or its directory, or null
     */
    ProtectedNames protectedNames(@CheckForNull Path state) throws IOException {
        ProtectedNames names = new ProtectedNames();
        String named = System.getenv("DBT_PROFILES_DIR");
        if (profilesDir != null) {
            names.profiles(profilesDir);
        } else if (named != null) {
            names.profiles(UserPath.of("DBT_PROFILES_DIR", named));
        } else {
            names.profiles(Path.of(projectDir()))
                    .profiles(Path.of("."))
                    .profiles(Path.of(System.getProperty("user.home"), ".dbt"));
        }
        if (state != null) {
            Path manifest = Files.isDirectory(state) ? state.resolve(Artifacts.MANIFEST) : state;
            names.production(DatabaseNames.of(manifest), manifest);
        }
        return names;
    }
}
