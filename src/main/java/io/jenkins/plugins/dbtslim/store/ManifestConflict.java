package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;

/** Not published, because somebody else published since the deploy began. */
public final class ManifestConflict extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String what;

    ManifestConflict(ManifestLocation location, String what) {
        super("Conflict: production is built, but its manifest is not published to " + location + ": " + what
                + " since this deploy began. Deploy again from there, or publish this one with onConflict: overwrite"
                + " (--on-conflict overwrite).");
        this.what = what;
    }

    /** The same with a sentence more, such as what of production was changed. */
    public StoreException with(String sentence) {
        return new StoreException(getMessage() + " " + sentence);
    }

    /** What happened there, such as {@code somebody published another manifest there}. */
    public String what() {
        return what;
    }
}
