package io.jenkins.plugins.dbtslim.jenkins;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Who may ask a form's helpers: without a right, a check says "ok" and a list says what was chosen before. */
@Restricted(NoExternalUse.class)
public final class FormPermissions {
    private FormPermissions() {}

    /** Whether the user may see how the item is configured (without an item: is an administrator). */
    public static boolean mayCheck(Item item) {
        return item == null ? mayAdminister() : item.hasPermission(Item.EXTENDED_READ);
    }

    /** Whether the user is an administrator. */
    public static boolean mayAdminister() {
        return JenkinsFacade.hasPermission(Jenkins.ADMINISTER);
    }

    /** Whether the user may see which credentials the item could use. */
    public static boolean mayListCredentials(Item item) {
        return mayCheck(item) || (item != null && item.hasPermission(CredentialsProvider.USE_ITEM));
    }
}
