package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;

/** Signature of the base of freestyle jobs. */
public abstract class AbstractProject<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>>
        extends Job<P, R> {
    public @CheckForNull final FilePath getSomeWorkspace() {
        throw new UnsupportedOperationException();
    }

    public R getBuildByNumber(int n) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull R getLastBuild() {
        throw new UnsupportedOperationException();
    }
}
