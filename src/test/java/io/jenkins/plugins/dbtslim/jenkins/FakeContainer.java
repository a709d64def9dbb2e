package io.jenkins.plugins.dbtslim.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A launcher that is decorated as Docker's plugin for Pipelines does it: each process is a {@code docker exec} with what is
 * new in the environment as its arguments. The {@code docker} is a script: in its container there are the workspace, a PATH,
 * a home and a Python of its own, and nothing of the agent's environment. What is started past the launcher finds no dbt.
 */
public final class FakeContainer {
    /** A virtual environment that is in the container only. */
    public static final String VENV = "/opt/dbt-of-the-image";

    private static final String ID = "c0ffee";
    private final Path folder;
    private final Path workspace;
    private final Path docker;
    private final Path other;

    /** The folder gets the workspace and, beside it, what is the container's. */
    public FakeContainer(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        workspace = Files.createDirectories(folder.resolve("workspace"));
        String python = DbtEnvironment.venv(DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println)
                        .toString())
                .python();
        Path bin = Files.createDirectories(folder.resolve("container/bin"));
        script(bin.resolve("python3"), "exec '" + python + "' \"$@\"\n");
        other = folder.resolve("container/other-user");
        docker = folder.resolve("docker");
        script(docker, """
                shift
                vars=""
                while :; do
                  case "$1" in
                    --workdir) cd "$2" || exit 126; shift 2 ;;
                    --env) printf '%s\\n' "${2%%=*}" >> "{log}"; eval "var$#=\\$2"; vars="$vars \\"\\$var$#\\""; shift 2 ;;
                    *) break ;;
                  esac
                done
                [ "$1" = "{id}" ] || exit 125
                shift
                case "$1" in "{venv}"/*) program="{bin}/python3"; shift; set -- "$program" "$@" ;; esac
                case "$1" in */*) [ -x "$1" ] || { echo "OCI runtime exec failed: no such file"; exit 127; } ;; esac
                echo "started $1" >> "{log}"
                eval "exec env -i $vars PATH='{bin}:/usr/bin:/bin' HOME=/home/nobody IN_CONTAINER={id} $(cat '{other}' 2>/dev/null) \\"\\$@\\""
                """.replace("{log}", folder.resolve("docker.log").toString())
                .replace("{venv}", VENV)
                .replace("{id}", ID)
                .replace("{other}", other.toString())
                .replace("{bin}", bin.toString()));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Lets the container be another user's than the agent's, and give that one another Python, without dbt. */
    public FakeContainer ofAnotherUser() throws IOException {
        script(folder.resolve("container/bin/python3"), "exec /usr/bin/python3 \"$@\"\n");
        Files.writeString(other, "setpriv --reuid=65534 --regid=65534 --clear-groups");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxrwxrwx"));
        return this;
    }

    /** On the agent and in the container. */
    public Path workspace() {
        return workspace;
    }

    /** Writes a file of the project in the workspace. */
    public FakeContainer write(String name, String text) throws IOException {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Where a step in the container's block runs. */
    public StepSite site(TestBuild build, Map<String, String> more) {
        EnvVars env = new EnvVars(System.getenv());
        env.putAll(more);
        return new StepSite(build, new FilePath(workspace.toFile()), env, Set.of(), launcher(), build.listener());
    }

    private Launcher launcher() {
        return new Launcher.DecoratedLauncher(new Launcher.LocalLauncher()) {
            @Override
            public Proc launch(ProcStarter starter) throws IOException {
                List<String> prefix = new ArrayList<>(List.of(docker.toString(), "exec"));
                if (starter.pwd() != null) {
                    prefix.addAll(List.of("--workdir", starter.pwd().getRemote()));
                }
                Set<String> news = new TreeSet<>(List.of(starter.envs()));
                System.getenv().forEach((name, value) -> news.remove(name + "=" + value));
                news.forEach(variable -> prefix.addAll(List.of("--env", variable)));
                prefix.add(ID);
                starter.cmds().addAll(0, prefix);
                return super.launch(starter);
            }
        };
    }

    /** The names of variables that came in, and the programs that were started there. */
    public List<String> log() throws IOException {
        Path log = folder.resolve("docker.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }
}
