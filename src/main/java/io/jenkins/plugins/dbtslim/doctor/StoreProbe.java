package io.jenkins.plugins.dbtslim.doctor;

import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.ProjectIdentity;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The look at the store: is it reached, and what do the permissions allow? Nothing is written to find out. */
public final class StoreProbe {
    private StoreProbe() {}

    /** Asks what lies there, and reads its first bytes. */
    public static List<Finding> look(ManifestStore store) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        String what = "store";
        try {
            Optional<StoredManifest> stored = store.head();
            if (stored.isEmpty()) {
                findings.add(new Finding(
                        what,
                        Level.WARNING,
                        "reached; there is no manifest at " + store.location() + " yet",
                        "Publish one from production; until then the first run builds everything."));
            } else {
                findings.add(Finding.ok(
                        what,
                        store.location() + ", " + stored.get().size() + " bytes, of "
                                + stored.get().lastModified()));
                what = "store, reading";
                findings.add(read(what, store.peek()));
            }
            findings.add(Finding.skipped("store, writing", "shown by a publish only"));
        } catch (StoreException e) {
            findings.add(Finding.problem(what, e.getMessage(), ""));
        } catch (IOException e) {
            findings.add(Finding.problem(what, store.location() + " cannot be reached: " + e.getMessage(), ""));
        }
        return findings;
    }

    private static Finding read(String check, Optional<ProjectIdentity> identity) {
        return identity.map(it -> Finding.ok(check, "a manifest of project " + it.project()))
                .orElseGet(() -> new Finding(
                        check,
                        Level.WARNING,
                        "what lies there does not begin like a manifest of dbt 1.6 or newer",
                        "Check the location."));
    }
}
