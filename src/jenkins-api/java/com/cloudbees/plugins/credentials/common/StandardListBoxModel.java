package com.cloudbees.plugins.credentials.common;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Signature of the usual list of credentials in a form. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    protected @NonNull String describe(@NonNull StandardCredentials c) {
        throw new UnsupportedOperationException();
    }
}
