package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;

/** A build, running or ended. */
record Build(Job job, int number) {
    private static final Duration LONG = Duration.ofMinutes(4);

    String path() {
        return job.path() + "/" + number;
    }

    String console() {
        return job.jenkins().get(path() + "/consoleText").good();
    }

    /** SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED, or null while it runs. */
    String result() {
        JsonNode build = job.jenkins().json(path() + "/api/json?tree=building,result,duration");
        // A Pipeline whose steps are over no longer builds, but has its last result only when its duration is known.
        boolean runs =
                build.get("building").asBoolean() || build.get("duration").asLong() == 0;
        return runs ? null : build.get("result").asText();
    }

    Build await() throws InterruptedException {
        return await(LONG);
    }

    Build await(Duration longest) throws InterruptedException {
        Waiting.until(path() + " ends", longest, () -> result() != null, this::console);
        return this;
    }

    Build awaitLine(String text) throws InterruptedException {
        Waiting.until(
                path() + " writes \"" + text + "\"",
                LONG,
                () -> console().contains(text) || result() != null,
                this::console);
        assertThat(console()).contains(text);
        return this;
    }

    Build stop() {
        job.jenkins().post(path() + "/stop");
        return this;
    }

    /** Fails with the whole console unless the build ended so. */
    Build assertResult(String expected) {
        assertThat(result()).as(this::console).isEqualTo(expected);
        return this;
    }

    /** Fails unless the console has this; what is given is shown with it. */
    Build assertConsole(String... texts) {
        assertThat(console()).contains(texts);
        return this;
    }

    /** A mistake of the user costs one sentence, and nothing that looks like a crash. */
    Build assertNoStackTrace() {
        assertThat(console())
                .doesNotContain("\tat ")
                .doesNotContain("Exception:")
                .doesNotContain("Caused by");
        return this;
    }

    /** The slim builds of this build, as the remote API tells them. */
    JsonNode slimActions() {
        JsonNode actions = job.jenkins()
                .json(path() + "/api/json?tree=actions[_class,id,state,message,numbers[counts]]")
                .get("actions");
        ArrayNode slim = JsonNodeFactory.instance.arrayNode();
        actions.forEach(action -> {
            if (action.path("_class").asText().endsWith(".SlimAction")) {
                slim.add(action);
            }
        });
        return slim;
    }

    /** The page of one of them. */
    String reportPage(String id) {
        return job.jenkins().get(path() + "/" + id + "/").good();
    }
}
