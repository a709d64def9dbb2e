package io.jenkins.plugins.dbtslim.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** The lists of credentials in forms: who may see them is asked by the caller. */
@Restricted(NoExternalUse.class)
public final class CredentialsLists {
    private CredentialsLists() {}

    /** User names with passwords that the item can use. */
    public static ListBoxModel passwords(Item item, String current) {
        return list(item, current, List.of(StandardUsernamePasswordCredentials.class));
    }

    /** What the item can reach stores with: what signs AWS requests, user names with passwords among it, and secret texts. */
    public static ListBoxModel stores(Item item, String current) {
        return list(
                item,
                current,
                Stream.concat(
                                ExtensionList.lookup(AwsCredentialsKind.class).stream()
                                        .map(AwsCredentialsKind::type),
                                Stream.of(StringCredentials.class))
                        .toList());
    }

    /** Only what was chosen before. */
    public static ListBoxModel current(String current) {
        return new StandardListBoxModel().includeCurrentValue(current == null ? "" : current);
    }

    private static ListBoxModel list(Item item, String current, List<Class<? extends StandardCredentials>> types) {
        AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> list =
                new StandardListBoxModel().includeEmptyValue();
        for (Class<? extends StandardCredentials> type : types) {
            list.includeMatchingAs(identity(item), item, type, List.of(), CredentialsMatchers.always());
        }
        return list.includeCurrentValue(current == null ? "" : current);
    }

    private static Authentication identity(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
