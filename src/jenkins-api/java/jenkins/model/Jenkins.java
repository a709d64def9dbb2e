package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.List;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Signature of the controller itself. */
public class Jenkins implements StaplerProxy, AccessControlled, Loadable {
    public @CheckForNull ProxyConfiguration getProxy() {
        throw new UnsupportedOperationException();
    }

    public Object getTarget() {
        throw new UnsupportedOperationException();
    }

    public ACL getACL() {
        throw new UnsupportedOperationException();
    }

    public void load() {
        throw new UnsupportedOperationException();
    }

    public @NonNull static Jenkins get() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static Jenkins getInstanceOrNull() {
        throw new UnsupportedOperationException();
    }

    public Descriptor getDescriptor(String id) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull Descriptor getDescriptor(Class<? extends Describable> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        throw new UnsupportedOperationException();
    }

    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull Node getNode(String name) {
        throw new UnsupportedOperationException();
    }

    public @NonNull List<Node> getNodes() {
        throw new UnsupportedOperationException();
    }

    public @Nullable String getRootUrl() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public @NonNull static Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        throw new UnsupportedOperationException();
    }

    public Item getItem(String pathName, ItemGroup context) {
        throw new UnsupportedOperationException();
    }

    public final Item getItem(String pathName, Item context) {
        throw new UnsupportedOperationException();
    }

    public final <T extends Item> T getItem(String pathName, ItemGroup context, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public final <T extends Item> T getItem(String pathName, Item context, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull <T extends Item> T getItemByFullName(@NonNull String fullName, Class<T> type)
            throws AccessDeniedException {
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
}
