package hudson.tools;

import hudson.model.Descriptor;

/** Signature of the descriptor of a tool's installer. */
public abstract class ToolInstallerDescriptor<T extends ToolInstaller> extends Descriptor<ToolInstaller> {
    public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
        throw new UnsupportedOperationException();
    }
}
