package hudson.tools;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.Describable;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;

/** Signature of a way to get a tool onto a node. */
public abstract class ToolInstaller implements Describable<ToolInstaller>, ExtensionPoint {
    protected ToolInstaller(String label) {}

    public final String getLabel() {
        throw new UnsupportedOperationException();
    }

    public abstract FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException;

    @Override
    public ToolInstallerDescriptor<?> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
