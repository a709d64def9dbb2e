package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What Jenkins answered to a request. */
record Answer(String path, int status, String body, String location) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The body of a good answer; anything else fails the test. */
    String good() {
        assertThat(status).as("status of %s: %s", path, beginning()).isBetween(200, 399);
        return body;
    }

    /** The body of a good answer as JSON. */
    JsonNode json() {
        try {
            return JSON.readTree(good());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is not JSON: " + beginning(), e);
        }
    }

    private String beginning() {
        return body.length() <= 600 ? body : body.substring(0, 600) + "…";
    }
}
