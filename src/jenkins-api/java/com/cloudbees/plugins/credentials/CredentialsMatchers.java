package com.cloudbees.plugins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Signature of the usual choices. */
public class CredentialsMatchers {
    public @NonNull static CredentialsMatcher always() {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static <C extends Credentials> C firstOrNull(
            @NonNull Iterable<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }
}
