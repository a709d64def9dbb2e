package com.cloudbees.plugins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Signature of the usual choices. */
public class CredentialsMatchers {
    public @NonNull static CredentialsMatcher always() {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher never() {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher not(@NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher instanceOf(@NonNull Class clazz) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher withId(@NonNull String id) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher withScope(@NonNull CredentialsScope scope) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher withUsername(@NonNull String username) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher allOf(@NonNull CredentialsMatcher... matchers) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static CredentialsMatcher anyOf(@NonNull CredentialsMatcher... matchers) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <C extends Credentials> Collection<C> filter(
            @NonNull Collection<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <C extends Credentials> Set<C> filter(
            @NonNull Set<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <C extends Credentials> List<C> filter(
            @NonNull List<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <C extends Credentials> Iterable<C> filter(
            @NonNull Iterable<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static <C extends Credentials> C firstOrNull(
            @NonNull Iterable<C> credentials, @NonNull CredentialsMatcher matcher) {
        throw new UnsupportedOperationException();
    }
}
