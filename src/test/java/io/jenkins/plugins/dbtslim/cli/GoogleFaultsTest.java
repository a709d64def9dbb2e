package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.store.Cloud;
import io.jenkins.plugins.dbtslim.store.google.GoogleStandIn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Google Cloud Storage, as a stand-in of its documented protocol. */
class GoogleFaultsTest extends CloudFaults {
    private static GoogleStandIn google;

    @BeforeAll
    static void start() throws IOException {
        google = new GoogleStandIn();
    }

    @AfterAll
    static void stop() {
        google.close();
    }

    @Test
    void damagedUploadIsTriedAgain() throws Exception {
        brokenAttemptIsTriedAgain("PUT", "DAMAGED");
    }

    @Override
    Cloud cloud() {
        return google;
    }

    @Override
    Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put(
                "PUT 412 PreconditionFailed",
                "refuses a conditional write although nothing has changed there: if this store does not know If-Match,"
                        + " publish with onConflict: overwrite (--on-conflict overwrite).");
        sentences.put(
                "PUT 403 AccessDenied",
                "needs storage.objects.create, and storage.objects.delete to replace what is there.");
        sentences.put("PUT 404 NoSuchBucket", " does not exist: check its name.");
        sentences.put(
                "PUT 403 SignatureDoesNotMatch",
                "The access id or the secret of the HMAC key is wrong, or the key is not active: correct the credentials.");
        sentences.put("PUT 307 Moved", "Check the location, the endpoint and the HMAC key.");
        sentences.put("GET 403 AccessDenied", "and it lacks storage.objects.list, without which that is hidden.");
        sentences.put("HEAD 403", "and it lacks storage.objects.list, without which that is hidden.");
        return sentences;
    }
}
