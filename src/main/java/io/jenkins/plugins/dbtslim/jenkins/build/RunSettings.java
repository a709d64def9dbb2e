package io.jenkins.plugins.dbtslim.jenkins.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Host and tag of a run, by the one rule for each: the option, else the step's environment, else a default.
 *
 * @param host of Materialize, or null
 * @param ciTag of the environment of a change request, or null
 */
record RunSettings(String host, String ciTag) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})(:[0-9]{1,5})?");

    /** Applies the rules; fails with a sentence before dbt starts. */
    static RunSettings of(BuildStep step, Map<String, String> environment, String defaultHost) {
        String host = first(step.getHost(), environment.get("MZ_HOST"), defaultHost);
        if (host == null && step.getCredentialsId() != null) {
            throw new IllegalArgumentException("Materialize's host is not known: set the option host, MZ_HOST in the"
                    + " step's environment, or the host of the global configuration.");
        }
        if (host != null && !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + host + "\" is not the name of a host.");
        }
        String change = first(environment.get("CHANGE_ID"));
        String tag = first(step.getCiTag(), environment.get("CI_TAG"), change == null ? null : "gh_ci_" + change);
        if (tag != null && !BuildChecks.CI_TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "\"" + tag + "\" is no CI tag: a tag has letters, digits, - and _ only, at"
                            + " most 60, because it becomes part of names in the database.");
        }
        return new RunSettings(host, tag);
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text.trim();
            }
        }
        return null;
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
