package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** The only way to the controller singleton, so that everything else can be tested without one. */
@Restricted(NoExternalUse.class)
public final class JenkinsFacade {
    private JenkinsFacade() {}

    /** Whether the current user has the permission on the controller itself. */
    public static boolean hasPermission(Permission permission) {
        return Jenkins.get().hasPermission(permission);
    }

    /** The address of this Jenkins with a slash at its end, or "" if an administrator has not set it. */
    public static String rootUrl() {
        String url = Jenkins.get().getRootUrl();
        return url == null ? "" : url;
    }

    /** Where this Jenkins keeps what it must know after a restart. */
    public static Path home() {
        return Jenkins.get().getRootDir().toPath();
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

    /** The build of that externalizable id, whoever asks; null when it is gone. */
    @CheckForNull
    static Run<?, ?> build(String id) {
        try (ACLContext unused = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether the build of that externalizable id runs, whoever asks. */
    public static boolean isBuilding(String id) {
        Run<?, ?> run = build(id);
        return run != null && run.isBuilding();
    }

    /** The job of that name (relative, or from the top with a slash), if there is one that this identity may read. */
    public static Job<?, ?> job(String name, ItemGroup<?> from, Authentication reader) {
        try (ACLContext unused = ACL.as2(reader)) {
            return Jenkins.get().getItem(name, from, Job.class);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    /** Whether the group is no folder but Jenkins itself. */
    public static boolean isTop(ItemGroup<?> group) {
        return (Object) group == Jenkins.get();
    }

    /** Who runs this: in a step, the identity of the build. */
    public static Authentication identity() {
        return Jenkins.getAuthentication2();
    }

    /** Somebody with no rights but those of everyone who is signed in. */
    public static Authentication anySignedInUser() {
        return new UsernamePasswordAuthenticationToken(
                "authenticated", "", Set.of(SecurityRealm.AUTHENTICATED_AUTHORITY2));
    }

    /** The item of that full name, if there is one that this identity may read. */
    static Item item(String fullName, Authentication reader) {
        try (ACLContext unused = ACL.as2(reader)) {
            return Jenkins.get().getItemByFullName(fullName);
        } catch (AccessDeniedException e) {
            return null; // may be discovered and not read
        }
    }

    /** Whether the group has a job of that name that can be built, whoever asks: that of a closed change request cannot. */
    public static boolean isBuildable(ItemGroup<?> group, String name) {
        try (ACLContext unused = ACL.as2(ACL.SYSTEM2)) {
            Item item = group.getItem(name);
            return item instanceof Job<?, ?> job ? job.isBuildable() : item != null;
        }
    }
}
