package io.jenkins.plugins.dbtslim.jenkins.config;

import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What may be the host of Materialize, with or without a port. */
@Restricted(NoExternalUse.class)
public final class RunHost {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})(:[0-9]{1,5})?");

    private RunHost() {}

    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }
}
