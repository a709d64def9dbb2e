package org.jenkinsci.plugins.workflow.flow;

import edu.umd.cs.findbugs.annotations.NonNull;
import org.springframework.security.core.Authentication;

/** Signature of a running Pipeline. */
public abstract class FlowExecution {
    public @NonNull Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }
}
