package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What no change request's environment is called, so that dropping one never drops production: macros make names of schemas
 * and clusters of a tag, often the very same.
 */
public final class ProtectedNames {
    private final Map<String, String> users = new HashMap<>();

    /** Targets of the profile and what they name, where the directory has a profiles.yml. */
    public ProtectedNames profiles(Path directory) throws IOException {
        return add(
                ProfilesFile.names(directory),
                "profiles.yml in " + directory + " has a target, schema, database or cluster");
    }

    /** What production's manifest uses. */
    public ProtectedNames production(Collection<String> names, Path manifest) {
        return add(names, "production's manifest " + manifest + " uses a schema, database or cluster");
    }

    private ProtectedNames add(Collection<String> names, String user) {
        names.forEach(name -> users.putIfAbsent(name.toLowerCase(Locale.ROOT), user));
        return this;
    }

    /**
     * Refuses to drop an environment of such a name.
     *
     * @throws UserException with a sentence that says who uses it
     */
    public void require(String tag) throws UserException {
        String user = users.get(tag.toLowerCase(Locale.ROOT));
        if (user != null) {
            throw new UserException("The environment \"" + tag + "\" is not dropped: " + user
                    + " of that name; environments of change requests need names of their own.");
        }
    }
}
