package io.jenkins.plugins.dbtslim.manifest;

import java.util.List;

/** The fingerprints of one resource, two longs for each facet of its section. */
final class Fingerprints {
    private final List<Facet> facets;
    private final long[] values;

    Fingerprints(Section section, Draft draft) {
        facets = Facet.of(section);
        values = new long[2 * facets.size()];
        for (int i = 0; i < facets.size(); i++) {
            Fingerprint value = draft.facet(facets.get(i));
            values[2 * i] = value.high();
            values[2 * i + 1] = value.low();
        }
    }

    Fingerprint get(Facet facet) {
        int i = facets.indexOf(facet);
        return i < 0 ? Fingerprint.NULL : new Fingerprint(values[2 * i], values[2 * i + 1]);
    }
}
