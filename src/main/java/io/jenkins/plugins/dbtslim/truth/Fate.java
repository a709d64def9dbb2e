package io.jenkins.plugins.dbtslim.truth;

/**
 * What becomes of one entry of the current manifest.
 *
 * @param kind where the published entry comes from
 * @param why it is pending or absent; null otherwise
 */
record Fate(Kind kind, NotBuilt why) {
    /** Production has it as it stands in the current manifest. */
    static final Fate BUILT = new Fate(Kind.BUILT, null);
    /** It is equal in both manifests, to dbt. */
    static final Fate UNCHANGED = new Fate(Kind.UNCHANGED, null);
    /** It is nothing that production could have or lack. */
    static final Fate DEFINITION = new Fate(Kind.DEFINITION, null);

    /** Where the published entry comes from. */
    enum Kind {
        BUILT,
        UNCHANGED,
        DEFINITION,
        /** Its former entry, with a mark. */
        PENDING,
        /** Nowhere: it is left out. */
        ABSENT
    }

    static Fate pending(NotBuilt why) {
        return new Fate(Kind.PENDING, why);
    }

    static Fate absent(NotBuilt why) {
        return new Fate(Kind.ABSENT, why);
    }
}
