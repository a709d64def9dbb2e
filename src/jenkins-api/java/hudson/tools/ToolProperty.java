package hudson.tools;

/** Signature of a property of a tool. */
public abstract class ToolProperty<T extends ToolInstallation> {}
