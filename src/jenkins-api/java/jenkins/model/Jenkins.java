package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.ProxyConfiguration;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.core.Authentication;

/** Signature of the controller itself; in tests there is one that has no agents, no proxy and nobody signed in. */
public class Jenkins implements StaplerProxy, AccessControlled, Loadable {
    public @CheckForNull ProxyConfiguration getProxy() {
        return null;
    }

    public Object getTarget() {
        throw new UnsupportedOperationException();
    }

    public void load() {
        throw new UnsupportedOperationException();
    }

    public @NonNull static Jenkins get() throws IllegalStateException {
        return new Jenkins();
    }

    public @CheckForNull Node getNode(String name) {
        return null;
    }

    public @Nullable String getRootUrl() throws IllegalStateException {
        return "https://ci.example/";
    }

    public @NonNull static Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public final <T extends Item> T getItem(String pathName, ItemGroup context, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull Item getItemByFullName(String fullName) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static <T> T lookup(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public static String VERSION;
    public static String RESOURCE_PATH;
    public static final Permission ADMINISTER = null;
    public static final Permission MANAGE = null;
    public static final Permission SYSTEM_READ = null;
    public static final Permission READ = null;

    @Override
    public @NonNull ACL getACL() {
        throw new UnsupportedOperationException();
    }
}
