package io.jenkins.plugins.dbtslim.doctor;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a look found.
 *
 * @param check what was looked at, one or two words
 * @param level how good it is
 * @param found what there is, in one line
 * @param advice what to do, or empty
 */
public record Finding(String check, Level level, String found, String advice) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For scripts: texts by name. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("check", check);
        map.put("level", level.name());
        map.put("found", found);
        map.put("advice", advice);
        return map;
    }

    /** The Java of this process. */
    public static Finding java() {
        return ok("Java", Runtime.version() + " (" + System.getProperty("java.home") + ")");
    }

    /** As it should be. */
    public static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "");
    }

    /** A build will fail. */
    public static Finding problem(String check, String found, String advice) {
        return new Finding(check, Level.PROBLEM, found, advice);
    }

    /** Could not be looked at. */
    public static Finding skipped(String check, String why) {
        return new Finding(check, Level.SKIPPED, why, "");
    }
}
