package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a slim build as environment variables for mails and later steps: numbers, words of ours and addresses only,
 * nothing that a project chose. Each is there by its name, which the last slim build of a build has, and with the id in its
 * name, where one was set.
 */
final class SlimVariables {
    private static final String PREFIX = "DBT_SLIM_";

    private SlimVariables() {}

    static Map<String, String> of(SlimAction action) {
        Map<String, String> plain = new LinkedHashMap<>();
        plain.put("STATUS", action.getState().key());
        plain.put("SUMMARY", action.getPage().getSentence());
        plain.put("REPORT_URL", JenkinsFacade.rootUrl() + action.getRun().getUrl() + action.getUrlName() + "/");
        ActionCounts numbers = action.getNumbers();
        if (numbers != null) {
            numbers.toMap().forEach((name, number) -> plain.put(constant(name), Integer.toString(number)));
            plain.put("SECONDS", Long.toString(Math.round(numbers.getSeconds())));
        }
        action.getSince().stream().findFirst().ifPresent(since -> {
            plain.put("NEWLY_FAILING", Integer.toString(since.getNewlyFailingCount()));
            plain.put("FIXED", Integer.toString(since.getFixedCount()));
        });
        Map<String, String> all = new LinkedHashMap<>();
        plain.forEach((name, value) -> all.put(PREFIX + name, value));
        if (!action.getId().equals(SlimAction.DEFAULT_ID)) {
            String id = action.getId().toUpperCase(Locale.ROOT).replace('-', '_');
            plain.forEach((name, value) -> all.put(PREFIX + id + "_" + name, value));
        }
        return all;
    }

    /** {@code testsFailed} as {@code TESTS_FAILED}. */
    static String constant(String name) {
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
