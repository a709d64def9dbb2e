package hudson.tools;

import hudson.ExtensionPoint;
import hudson.model.Describable;

/** Signature of a property of a tool. */
public abstract class ToolProperty<T extends ToolInstallation>
        implements Describable<ToolProperty<?>>, ExtensionPoint {}
