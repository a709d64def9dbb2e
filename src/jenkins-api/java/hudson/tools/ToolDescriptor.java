package hudson.tools;

import hudson.model.Descriptor;
import hudson.util.FormValidation;

/** Signature of the descriptor of a tool. */
public abstract class ToolDescriptor<T extends ToolInstallation> extends Descriptor<ToolInstallation> {
    protected ToolDescriptor() {}

    protected ToolDescriptor(Class<T> clazz) {}

    public T[] getInstallations() {
        throw new UnsupportedOperationException();
    }

    public void setInstallations(T... installations) {
        throw new UnsupportedOperationException();
    }

    public FormValidation doCheckName(String value) {
        throw new UnsupportedOperationException();
    }
}
