package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The rule for the id of a run within its build, which becomes a part of an address and a file name. */
@Restricted(NoExternalUse.class)
public final class RunId {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,60}");

    private RunId() {}

    /** Refuses with a sentence what is none. */
    public static void require(String id) throws UserException {
        if (!isOne(id)) {
            throw new UserException(Messages.RunId_rule());
        }
    }

    static boolean isOne(String id) {
        return ID.matcher(id).matches();
    }

    /** Says the same in a form. */
    public static FormValidation check(String value) {
        String id = FormText.orNull(value);
        return id == null || isOne(id) ? FormValidation.ok() : FormValidation.error(Messages.RunId_rule());
    }
}
