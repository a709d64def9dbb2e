package hudson.model;

import java.util.Map;
import java.util.Set;

/** Signature of the base of freestyle builds. */
public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R>
        implements Queue.Executable {
    public final P getProject() {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> getBuildVariables() {
        throw new UnsupportedOperationException();
    }

    public Set<String> getSensitiveBuildVariables() {
        throw new UnsupportedOperationException();
    }
}
