package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;
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

    public @NonNull final ProcStarter launch() {
        throw new UnsupportedOperationException();
    }

    public boolean isUnix() {
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

        public ProcStarter cmds(List<String> args) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter quiet(boolean quiet) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter pwd(@CheckForNull FilePath workDir) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter stdout(@CheckForNull OutputStream out) {
            throw new UnsupportedOperationException();
        }

        public ProcStarter envs(@NonNull Map<String, String> overrides) {
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
