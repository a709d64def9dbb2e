package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Signature of what starts processes on the controller or on an agent. */
public abstract class Launcher {
    public @CheckForNull VirtualChannel getChannel() {
        throw new UnsupportedOperationException();
    }

    public @NonNull TaskListener getListener() {
        throw new UnsupportedOperationException();
    }

    public @NonNull final ProcStarter launch() {
        throw new UnsupportedOperationException();
    }

    public abstract Proc launch(@NonNull ProcStarter starter) throws IOException;

    public boolean isUnix() {
        throw new UnsupportedOperationException();
    }

    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    protected final void printCommandLine(@NonNull String[] cmd, @CheckForNull FilePath workDir) {
        throw new UnsupportedOperationException();
    }

    protected final void maskedPrintCommandLine(
            @NonNull List<String> cmd, @CheckForNull boolean[] mask, @CheckForNull FilePath workDir) {
        throw new UnsupportedOperationException();
    }

    protected final void maskedPrintCommandLine(
            @NonNull String[] cmd, @NonNull boolean[] mask, @CheckForNull FilePath workDir) {
        throw new UnsupportedOperationException();
    }

    public @NonNull final Launcher decorateFor(@NonNull Node node) {
        throw new UnsupportedOperationException();
    }

    public @NonNull final Launcher decorateByPrefix(String... prefix) {
        throw new UnsupportedOperationException();
    }

    public @NonNull final Launcher decorateByEnv(@NonNull EnvVars _env) {
        throw new UnsupportedOperationException();
    }

    /** Signature of a process to start. */
    public static final class ProcStarter {
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

        public ProcStarter cmdAsSingleString(String s) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter cmds(String... args) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter cmds(File program, String... args) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter cmds(List<String> args) {
            throw new UnsupportedOperationException();
        }

        public List<String> cmds() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter masks(@CheckForNull boolean... masks) {
            throw new UnsupportedOperationException();
        }

        public @CheckForNull boolean[] masks() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter quiet(boolean quiet) {
            throw new UnsupportedOperationException();
        }

        public boolean quiet() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter pwd(@CheckForNull FilePath workDir) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter pwd(@NonNull File workDir) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter pwd(@NonNull String workDir) {
            throw new UnsupportedOperationException();
        }

        public @CheckForNull FilePath pwd() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdout(@CheckForNull OutputStream out) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdout(@NonNull TaskListener out) {
            throw new UnsupportedOperationException();
        }

        public @CheckForNull OutputStream stdout() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stderr(@CheckForNull OutputStream err) {
            throw new UnsupportedOperationException();
        }

        public @CheckForNull OutputStream stderr() {
            throw new UnsupportedOperationException();
        }

        public @NonNull ProcStarter stdin(@CheckForNull InputStream in) {
            throw new UnsupportedOperationException();
        }

        public @CheckForNull InputStream stdin() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter envs(@NonNull Map<String, String> overrides) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter envs(@CheckForNull String... overrides) {
            throw new UnsupportedOperationException();
        }

        public @NonNull String[] envs() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter readStdout() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter readStderr() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter writeStdin() {
            throw new UnsupportedOperationException();
        }

        public Proc start() throws IOException {
            throw new UnsupportedOperationException();
        }

        public int join() throws IOException, InterruptedException {
            throw new UnsupportedOperationException();
        }

        public @NonNull ProcStarter copy() {
            throw new UnsupportedOperationException();
        }
    }
}
