package io.jenkins.plugins.dbtslim.jenkins.build;

import io.jenkins.plugins.dbtslim.dbt.CiTag;
import io.jenkins.plugins.dbtslim.jenkins.config.RunHost;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Host and tag of a run, by the one rule for each: the option, else the step's environment, else a default.
 *
 * @param host of Materialize, or null
 * @param ciTag of the environment of a change request, or null
 */
record RunSettings(String host, String ciTag) {
    /** Applies the rules; fails with a sentence before dbt starts. */
    static RunSettings of(BuildStep step, Map<String, String> environment, String defaultHost) {
        String host = first(step.getHost(), environment.get("MZ_HOST"), defaultHost);
        if (host != null && !RunHost.isHost(host)) {
            throw new IllegalArgumentException("\"" + host + "\" is not the name of a host.");
        }
        String change = first(environment.get("CHANGE_ID"));
        String tag = first(step.getCiTag(), environment.get("CI_TAG"), change == null ? null : CiTag.ofChange(change));
        return new RunSettings(host, tag == null ? null : CiTag.require(tag));
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text.trim();
            }
        }
        return null;
    }

    /** What no other build may work in meanwhile, for people to read; null where no change request's environment is named. */
    String environment(String target) {
        return ciTag == null
                ? null
                : Stream.of(host, target, ciTag.toLowerCase(Locale.ROOT))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" "));
    }

    /** What dbt gets of this by its environment. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (host != null) {
            variables.put("MZ_HOST", host);
        }
        if (ciTag != null) {
            variables.put("CI_TAG", ciTag);
        }
        return variables;
    }
}
