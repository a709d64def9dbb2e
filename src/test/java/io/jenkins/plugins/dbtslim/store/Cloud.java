package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A server that tests reach as one of the clouds' object stores. */
public interface Cloud {
    /** Where it listens. */
    URI endpoint();

    /** Makes an empty bucket or container. */
    void createBucket(String name) throws IOException, InterruptedException;

    /** The location of an object in it. */
    String location(String bucket, String key);

    /** The variables that the command takes keys from. */
    Map<String, String> environment();

    /** What must never be seen. */
    List<String> secrets();
}
