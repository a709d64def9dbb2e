package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** Signature of what says for which address credentials are wanted. */
public class URIRequirementBuilder {
    private URIRequirementBuilder() {}

    public @NonNull static URIRequirementBuilder fromUri(@CheckForNull String uri) {
        throw new UnsupportedOperationException();
    }

    public @NonNull List<DomainRequirement> build() {
        throw new UnsupportedOperationException();
    }
}
