package io.jenkins.plugins.dbtslim.jenkins;

import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.store.ProxySettings;
import java.util.List;
import jenkins.model.Jenkins;

/** The only way to the controller singleton, so that everything else can be tested without one. */
public final class JenkinsFacade {
    private JenkinsFacade() {}

    /** Whether the current user has the permission on the controller itself. */
    public static boolean hasPermission(Permission permission) {
        return Jenkins.get().hasPermission(permission);
    }

    /** Refuses the request unless the current user is an administrator. */
    public static void checkAdminister() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    /** The address of this Jenkins with a slash at its end, or "" if an administrator has not set it. */
    public static String rootUrl() {
        String url = Jenkins.get().getRootUrl();
        return url == null ? "" : url;
    }

    /** The HTTP proxy of this Jenkins, for the way from agents to stores. */
    public static ProxySettings proxy() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null) {
            return ProxySettings.NONE;
        }
        String direct = proxy.getNoProxyHost();
        return new ProxySettings(
                proxy.getName(),
                proxy.getPort(),
                Util.fixEmptyAndTrim(proxy.getUserName()),
                Secret.toString(proxy.getSecretPassword()),
                direct == null ? List.of() : List.of(direct.trim().split("[\\s,|]+")));
    }

    /** Whether the controller ("") or an agent of that name is configured. */
    public static boolean hasNode(String name) {
        return name.isEmpty() || Jenkins.get().getNode(name) != null;
    }

    /** Whether the build of that externalizable id runs, whoever asks. */
    public static boolean isBuilding(String id) {
        try (ACLContext unused = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> run = Run.fromExternalizableId(id);
            return run != null && run.isBuilding();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The item, if it exists and the current identity may read it; else null. */
    public static Item item(String fullName) {
        return Jenkins.get().getItemByFullName(fullName);
    }
}
