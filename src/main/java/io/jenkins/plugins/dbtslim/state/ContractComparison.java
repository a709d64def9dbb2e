package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Facet;
import io.jenkins.plugins.dbtslim.manifest.Resource;

/** Whether the contract of a model is the same; which changes of it break, {@link BreakingChanges} tells. */
final class ContractComparison {
    private ContractComparison() {}

    static boolean same(Resource now, Resource old) {
        if (!now.contractEnforced() && !old.contractEnforced()) {
            return true;
        }
        return now.contractEnforced()
                && old.contractEnforced()
                && now.fingerprint(Facet.CONTRACT_CHECKSUM).equals(old.fingerprint(Facet.CONTRACT_CHECKSUM));
    }
}
