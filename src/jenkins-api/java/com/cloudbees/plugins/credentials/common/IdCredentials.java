package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Signature of credentials with an id. */
public interface IdCredentials extends Credentials {
    @NonNull
    String getId();
}
