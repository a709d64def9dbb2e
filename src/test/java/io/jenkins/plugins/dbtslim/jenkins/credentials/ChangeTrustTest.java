package io.jenkins.plugins.dbtslim.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import java.io.IOException;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import org.junit.jupiter.api.Test;

/** Who may see credentials is what the branch source says of a fork, and what it cannot say is no. */
class ChangeTrustTest {
    private static final SCMHead OWN = new SCMHead("PR-1");
    private static final SCMHead FORK = new SCMHead("PR-2") {
        @Override
        public SCMHeadOrigin getOrigin() {
            return new SCMHeadOrigin.Fork("mallory/shop");
        }
    };

    @Test
    void theRepositorysOwnBranchesAreTrusted() throws Exception {
        Source nobody = new Source(new Revision(new SCMHead("main")));
        assertThat(ChangeTrust.isTrusted(nobody, OWN, new Revision(OWN))).isTrue();
        assertThat(ChangeTrust.isTrusted(nobody, OWN, null)).isTrue();
        assertThat(nobody.asked).isZero();
    }

    @Test
    void aForkIsTrustedWhereTheSourceTakesItsOwnFiles() throws Exception {
        Revision built = new Revision(FORK);
        assertThat(ChangeTrust.isTrusted(new Source(built), FORK, built)).isTrue();
        assertThat(ChangeTrust.isTrusted(new Source(new Revision(new SCMHead("main"))), FORK, built))
                .isFalse();
    }

    @Test
    void whatIsNotKnownIsNotTrusted() throws Exception {
        Revision built = new Revision(FORK);
        assertThat(ChangeTrust.isTrusted(new Source(built), FORK, null)).isFalse();
        assertThat(ChangeTrust.isTrusted(new Source(null), FORK, built)).isFalse();
    }

    private static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;

        Revision(SCMHead head) {
            super(head);
        }
    }

    /** Takes the files that say what is done from the given revision; without one, its code host does not answer. */
    private static final class Source extends SCMSource {
        private final SCMRevision trusted;
        private int asked;

        Source(SCMRevision trusted) {
            this.trusted = trusted;
        }

        @Override
        public SCMRevision getTrustedRevision(SCMRevision revision, TaskListener listener) throws IOException {
            asked++;
            if (trusted == null) {
                throw new IOException("HTTP 502");
            }
            return trusted;
        }
    }
}
