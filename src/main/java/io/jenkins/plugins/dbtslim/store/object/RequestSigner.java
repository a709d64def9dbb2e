package io.jenkins.plugins.dbtslim.store.object;

import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the requests of one kind of object store, on the side that has the keys. */
public interface RequestSigner {
    /** Signs for some minutes; never longer than the keys' own session. */
    SignedRequest sign(Intent intent) throws IOException, InterruptedException;

    /**
     * Gets fresh keys where they are of a session, because a store did not accept the last signature; false where another
     * signature would be the same.
     */
    boolean renew() throws IOException, InterruptedException;

    /** As whom it signs, for the log; never a secret. */
    String identity();

    /** What this kind of store means by its answers. */
    StoreAnswers answers();

    /** A text signed with a key, by SHA-256. */
    static byte[] hmac(byte[] key, String text) throws StoreException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new StoreException("This Java cannot sign (HmacSHA256): " + e.getMessage());
        }
    }

    /** What is to be done with which object. */
    sealed interface Intent {
        /** The object. */
        ManifestLocation location();
    }

    /**
     * Ask what is there.
     *
     * @param location the object
     */
    record Head(ManifestLocation location) implements Intent {}

    /**
     * Get it.
     *
     * @param location the object
     * @param firstBytes only that many, or 0 for all
     */
    record Get(ManifestLocation location, long firstBytes) implements Intent {}

    /**
     * Write it.
     *
     * @param location the object
     * @param condition that must hold
     * @param publication to be noted with it
     * @param contentMd5 base64, by which a store refuses what was damaged on the way, or null
     */
    record Put(ManifestLocation location, Condition condition, Publication publication, String contentMd5)
            implements Intent {}
}
