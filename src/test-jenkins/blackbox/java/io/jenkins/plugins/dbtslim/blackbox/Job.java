package io.jenkins.plugins.dbtslim.blackbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A job of the suite. */
record Job(Jenkins jenkins, String name) {
    String path() {
        return "/job/" + encoded(name);
    }

    /** As a part of an address; slashes stay. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /** Starts a build at once, without a quiet period, and waits until it has left the queue. */
    Build start() throws InterruptedException {
        String item = jenkins.post(path() + "/build?delay=0sec").location();
        String queue = item.substring(item.indexOf("/queue/")) + "api/json";
        AtomicReference<Build> build = new AtomicReference<>();
        Waiting.until("a build of " + name + " starts", Duration.ofMinutes(2), () -> {
            var number = jenkins.json(queue).at("/executable/number");
            if (!number.isMissingNode()) {
                build.set(new Build(this, number.asInt()));
            }
            return build.get() != null;
        });
        return build.get();
    }

    /** Starts a build and waits for its end. */
    Build run() throws InterruptedException {
        return start().await();
    }

    /** Deletes it, as Jenkins does when its branch is gone. */
    void delete() {
        jenkins.post(path() + "/doDelete");
    }

    String configXml() {
        return jenkins.get(path() + "/config.xml").good();
    }
}
