package io.jenkins.plugins.dbtslim.store.aws;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Keys to sign with, wherever they come from. One session is kept until it ends or is renewed. */
public interface AwsKeys {
    /** The keys of now. */
    AwsCredentials get() throws StoreException;

    /** Forgets a session's keys, so that the next ones are fresh; nothing where the keys are fixed. */
    void renew() throws StoreException;

    /** Which keys these are, for the log; never the keys themselves. */
    String description();
}
