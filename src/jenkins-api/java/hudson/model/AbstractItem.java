package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Loadable;
import org.kohsuke.stapler.StaplerProxy;

/** Signature of the base of items. */
public abstract class AbstractItem extends Actionable implements Loadable, Item, AccessControlled, StaplerProxy {
    public @NonNull String getName() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public @NonNull ItemGroup getParent() {
        throw new UnsupportedOperationException();
    }

    public @NonNull final String getFullName() {
        String group = getParent().getFullName();
        return group.isEmpty() ? getName() : group + "/" + getName();
    }

    public final String getFullDisplayName() {
        return getFullName().replace("/", " » ");
    }

    public final String getUrl() {
        return "job/" + getFullName().replace("/", "/job/") + "/";
    }

    public void save() throws IOException {
        throw new UnsupportedOperationException();
    }
}
