package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JacksonException;
import io.jenkins.plugins.dbtslim.io.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a prepared deployment's token is not for the driver; the rest is its own, and checked there. People paste
 * tokens into Jenkinsfiles and forms, so that nothing in it needs a backslash: what could is written as in a URL.
 */
public final class DeploymentToken {
    public static final int MAX_LENGTH = 100_000;

    private DeploymentToken() {}

    /**
     * What lay at stores when the deployment began: ETags by location, null where nothing lay. Empty for what is no
     * token: the driver refuses that with a sentence.
     */
    public static Map<String, String> seen(String token) {
        Map<String, String> seen = new LinkedHashMap<>();
        if (token == null || token.length() > MAX_LENGTH) {
            return seen;
        }
        try {
            JsonObject noted = JsonObject.parse(token).object("seen");
            for (String location : noted.names()) {
                seen.put(decoded(location), decoded(noted.text(location)));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            seen.clear();
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
        return seen;
    }

    /** As it is in a token; null stays. */
    static String encoded(String text) {
        return text == null
                ? null
                : URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%3A", ":")
                        .replace("%2F", "/");
    }

    private static String decoded(String text) {
        return text == null ? null : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
