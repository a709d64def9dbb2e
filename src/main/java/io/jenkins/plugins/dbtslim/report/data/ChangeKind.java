package io.jenkins.plugins.dbtslim.report.data;

import java.util.Locale;

/** What the comparison of the two manifests says about a node; in the order in which a reader wants to see them. */
public enum ChangeKind {
    NEW,
    MODIFIED,
    RENAMED,
    REMOVED,
    /** Not changed itself, but depends on a node that is. */
    DOWNSTREAM,
    UNCHANGED;

    /** Whether the node itself differs from production. */
    public boolean isChange() {
        return this != DOWNSTREAM && this != UNCHANGED;
    }

    /** The kind's name in JSON, CSS classes and text keys, such as {@code new}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ChangeKind ofKey(String key) {
        for (ChangeKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        return UNCHANGED;
    }
}
