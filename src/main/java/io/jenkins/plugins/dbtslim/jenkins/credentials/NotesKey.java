package io.jenkins.plugins.dbtslim.jenkins.credentials;

import hudson.util.Secret;
import jenkins.security.HMACConfidentialKey;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The key by which what is noted with a manifest of environment variables is made, and parses are signed: all jobs below
 * one folder at the top have the same, so that a pull request's build can compare with what a deploy noted, and nobody
 * else can. The variable of a step's environment comes first, for builds in more than one place.
 */
@Restricted(NoExternalUse.class)
public final class NotesKey {
    /** The driver takes it out of the environment before dbt starts. */
    public static final String VARIABLE = "DBT_SLIM_SECRET_KEY";

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(NotesKey.class, "key");

    private NotesKey() {}

    /**
     * That of a job.
     *
     * @param job full name
     */
    public static Secret of(String job) {
        int slash = job.indexOf('/');
        return Secret.fromString(KEY.mac("folder " + (slash < 0 ? "" : job.substring(0, slash))));
    }
}
