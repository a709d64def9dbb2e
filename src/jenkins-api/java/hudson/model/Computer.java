package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.kohsuke.stapler.StaplerProxy;

/** Signature of a node's running state. */
public abstract class Computer extends Actionable implements AccessControlled, StaplerProxy {
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    public @Nullable abstract VirtualChannel getChannel();

    public @NonNull String getName() {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull abstract Boolean isUnix();

    public @CheckForNull Node getNode() {
        throw new UnsupportedOperationException();
    }

    public @NonNull String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public EnvVars getEnvironment() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public @NonNull EnvVars buildEnvironment(@NonNull TaskListener listener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public @Nullable static Computer currentComputer() {
        throw new UnsupportedOperationException();
    }
}
