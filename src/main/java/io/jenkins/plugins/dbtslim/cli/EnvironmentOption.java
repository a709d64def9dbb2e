package io.jenkins.plugins.dbtslim.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which environment of a pull request dbt is to work in. */
final class EnvironmentOption {
    @Option(
            names = "--ci-tag",
            paramLabel = "TAG",
            description = "Sets CI_TAG for dbt: the name of a pull request's environment; default: CI_TAG as it is.")
    String ciTag;

    /**
     * The tag, or null.
     *
     * @param check whether it must be a plain name
     */
    @CheckForNull
    String get(boolean check) throws UserException {
        String inherited = System.getenv("CI_TAG");
        String tag = ciTag == null && inherited != null && !inherited.isBlank() ? inherited.strip() : ciTag;
        return tag == null || !check ? tag : CiTag.require(tag);
    }

    /** What dbt gets of it by its environment. */
    static Map<String, String> variables(String tag) {
        Map<String, String> variables = new HashMap<>();
        if (tag != null) {
            variables.put("CI_TAG", tag);
        }
        return variables;
    }
}
