package io.jenkins.plugins.dbtslim.store.object;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.WriteResult;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;

/** What the errors of one kind of object store mean for the user, and what to do. */
public interface StoreAnswers {
    /** Whether the object is not there, while its bucket is, as far as the store tells. */
    boolean isMissing(Reply reply);

    /** What it means that a write under a condition was not done; null where that is an error like any other. */
    @CheckForNull
    WriteResult.Status refused(Reply reply);

    /** What to do, one sentence. */
    String advice(ManifestLocation location, Reply reply, boolean write);

    /** The answer and what to do about it. */
    default StoreException explain(ManifestLocation location, Reply reply, boolean write) {
        String answer = location + ": the store answered " + reply.describe();
        return new StoreException(answer + (answer.endsWith(".") ? " " : ". ") + advice(location, reply, write));
    }
}
