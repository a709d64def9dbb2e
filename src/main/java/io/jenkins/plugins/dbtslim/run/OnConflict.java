package io.jenkins.plugins.dbtslim.run;

/** What a publication does where somebody else published since this run looked. */
public enum OnConflict {
    /** Publish nothing. */
    fail,
    /** Replace what is there. */
    overwrite
}
