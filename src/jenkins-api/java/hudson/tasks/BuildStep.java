package hudson.tasks;

import hudson.model.AbstractBuild;
import hudson.model.BuildListener;

/** Signature of a step of a freestyle build. */
public interface BuildStep {
    boolean prebuild(AbstractBuild<?, ?> build, BuildListener listener);

    default BuildStepMonitor getRequiredMonitorService() {
        throw new UnsupportedOperationException();
    }
}
