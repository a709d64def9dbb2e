package io.jenkins.plugins.dbtslim.store;

import java.io.Serializable;

/**
 * A manifest that lies where it was asked for.
 *
 * @param provenance of it
 * @param transferred false when it lay there already, unchanged
 */
public record FetchedManifest(Provenance provenance, boolean transferred) implements Serializable {
    private static final long serialVersionUID = 1L;
}
