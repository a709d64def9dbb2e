package com.cloudbees.plugins.credentials.common;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Signature of credentials with an id and a description. */
public interface StandardCredentials extends IdCredentials {
    @NonNull
    String getDescription();
}
