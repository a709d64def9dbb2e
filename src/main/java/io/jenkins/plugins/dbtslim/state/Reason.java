package io.jenkins.plugins.dbtslim.state;

import java.util.List;

/**
 * One aspect in which a resource differs from its old version.
 *
 * @param aspect what differs
 * @param decisive whether this alone makes it {@code state:modified}; the code of a generic test, for example, does not
 * @param details what exactly, one line each, such as {@code materialized: view → table}; empty when only the aspect is known
 */
public record Reason(Aspect aspect, boolean decisive, List<String> details) {
    public Reason {
        details = List.copyOf(details);
    }
}
