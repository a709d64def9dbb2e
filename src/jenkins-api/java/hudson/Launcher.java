package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signature of what starts processes on the controller or on an agent; it starts them here, as {@link FilePath} works here. */
public abstract class Launcher {
    public @CheckForNull VirtualChannel getChannel() {
        return null;
    }

    public @NonNull final ProcStarter launch() {
        return new ProcStarter();
    }

    public abstract Proc launch(@NonNull ProcStarter starter) throws IOException;

    public boolean isUnix() {
        return true;
    }

    /** Signature of a process to start. */
    public final class ProcStarter {
        protected List<String> commands;
        protected @CheckForNull boolean[] masks;
        protected @CheckForNull FilePath pwd;
        protected @CheckForNull OutputStream stdout;
        protected @CheckForNull OutputStream stderr;
        protected @CheckForNull InputStream stdin;
        protected @CheckForNull String[] envs;
        protected boolean reverseStdin;
        protected boolean reverseStdout;
        protected boolean reverseStderr;

        public ProcStarter cmds(List<String> args) {
            commands = new ArrayList<>(args);
            return this;
        }

        public List<String> cmds() {
            return commands;
        }

        public ProcStarter quiet(boolean quiet) {
            return this;
        }

        public ProcStarter pwd(@CheckForNull FilePath workDir) {
            pwd = workDir;
            return this;
        }

        public FilePath pwd() {
            return pwd;
        }

        public ProcStarter stdout(@CheckForNull OutputStream out) {
            stdout = out;
            return this;
        }

        public ProcStarter envs(@NonNull Map<String, String> overrides) {
            envs = overrides.entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toArray(String[]::new);
            return this;
        }

        public String[] envs() {
            return envs == null ? new String[0] : envs.clone();
        }

        public Proc start() throws IOException {
            return launch(this);
        }

        public int join() throws IOException, InterruptedException {
            return start().join();
        }

        public @NonNull ProcStarter copy() {
            throw new UnsupportedOperationException();
        }
    }

    /** Signature of what starts processes of this machine. */
    public static class LocalLauncher extends Launcher {
        @Override
        public Proc launch(@NonNull ProcStarter starter) throws IOException {
            return new LocalProc(starter);
        }
    }

    /** Signature of what changes how another one starts processes. */
    public static class DecoratedLauncher extends Launcher {
        private final Launcher inner;

        public DecoratedLauncher(@NonNull Launcher inner) {
            this.inner = inner;
        }

        @Override
        public Proc launch(@NonNull ProcStarter starter) throws IOException {
            return inner.launch(starter);
        }
    }

    /** A process of this machine. */
    private static final class LocalProc extends Proc {
        private final Process process;
        private final Thread copy;

        LocalProc(ProcStarter starter) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(starter.commands).redirectErrorStream(true);
            if (starter.pwd != null) {
                builder.directory(new File(starter.pwd.getRemote()));
            }
            for (String variable : starter.envs == null ? new String[0] : starter.envs) {
                int equals = variable.indexOf('=');
                builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            process = builder.start();
            process.getOutputStream().close();
            OutputStream goal = starter.stdout == null ? OutputStream.nullOutputStream() : starter.stdout;
            copy = new Thread(() -> {
                try {
                    process.getInputStream().transferTo(goal);
                } catch (IOException e) {
                    process.destroy();
                }
            });
            copy.setDaemon(true);
            copy.start();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
        }

        @Override
        public int join() throws InterruptedException {
            int status = process.waitFor();
            copy.join();
            return status;
        }
    }
}
