package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;

/** Signature of a secret text. */
public interface StringCredentials extends StandardCredentials {
    @NonNull
    Secret getSecret();
}
