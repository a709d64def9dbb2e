package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.ProxyConfiguration;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.core.Authentication;

/**
 * Signature of the controller itself; in tests there is one that has no agents and no proxy, and the items at the top that a
 * test puts there. Who may see an item is for the groups of the test, by {@link #getAuthentication2}.
 */
public class Jenkins implements StaplerProxy, AccessControlled, Loadable, ItemGroup<Item> {
    private static final Jenkins ONE = new Jenkins();
    private final Map<String, Item> items = new ConcurrentHashMap<>();

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
        return ONE;
    }

    public @CheckForNull Node getNode(String name) {
        return null;
    }

    public @Nullable String getRootUrl() throws IllegalStateException {
        return "https://ci.example/";
    }

    public @NonNull static Authentication getAuthentication2() {
        return ACLContext.now();
    }

    public File getRootDir() {
        return new File(
                System.getProperty("java.io.tmpdir"),
                "jenkins-of-process-" + ProcessHandle.current().pid());
    }

    @SuppressWarnings("rawtypes")
    public final <T extends Item> T getItem(String pathName, ItemGroup context, @NonNull Class<T> type) {
        ItemGroup<?> from = pathName.startsWith("/") ? this : context;
        Item found = null;
        for (String name : pathName.replaceFirst("^/", "").split("/")) {
            found = from == null ? null : from.getItem(name);
            from = found instanceof ItemGroup<?> group ? group : null;
        }
        return type.isInstance(found) ? type.cast(found) : null;
    }

    public @CheckForNull Item getItemByFullName(String fullName) {
        return getItem("/" + fullName, this, Item.class);
    }

    @Override
    public Item getItem(String name) {
        return items.get(name);
    }

    @Override
    public Collection<Item> getItems() {
        return items.values();
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getUrl() {
        return "";
    }

    @Override
    public void save() {
        // Nothing of it is kept in tests.
    }

    /** For tests: the items at the top by their names. */
    public static Map<String, Item> top() {
        return ONE.items;
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
