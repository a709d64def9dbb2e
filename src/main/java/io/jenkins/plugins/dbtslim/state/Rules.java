package io.jenkins.plugins.dbtslim.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rules apply: dbt decides by those of the version that runs.
 *
 * @param minor minor version of dbt 1, from 8 to 12; 12 for dbt 2
 * @param fusion whether dbt 2.x (Fusion) runs, which answers some questions otherwise
 * @param compareUnrendered whether the flag {@value StateOptions#COMPARE_MORE_UNRENDERED} is on
 * @param dbtVersion the version as written
 * @param notice one sentence when the rules are only near to that version's, or empty
 */
public record Rules(int minor, boolean fusion, boolean compareUnrendered, String dbtVersion, Optional<String> notice) {
    private static final int OLDEST = 8;
    private static final int NEWEST = 12;
    /** dbt Cloud counts its releases of dbt 1 by the calendar, as in 2026.11.3. */
    private static final int CALENDAR = 2000;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    /** The rules of a dbt version with the flags of the project. */
    public static Rules of(String dbtVersion, StateOptions options) {
        Matcher matcher = VERSION.matcher(dbtVersion);
        boolean known = matcher.matches();
        int major = known ? Integer.parseInt(matcher.group(1)) : 1;
        int written = known ? Integer.parseInt(matcher.group(2)) : NEWEST;
        boolean fusion = major >= 2 && major < CALENDAR;
        int minor = major >= 2 ? NEWEST : major < 1 ? OLDEST : Math.max(OLDEST, Math.min(NEWEST, written));
        boolean flag =
                minor > OLDEST && options.flags().getOrDefault(StateOptions.COMPARE_MORE_UNRENDERED, minor >= NEWEST);
        return new Rules(minor, fusion, flag, dbtVersion, notice(dbtVersion, known, major, written));
    }

    private static Optional<String> notice(String version, boolean known, int major, int minor) {
        String oldest = "1." + OLDEST;
        String newest = "1." + NEWEST;
        if (!known) {
            return Optional.of("the manifest names no dbt version; the rules of dbt " + newest + " are used");
        }
        if (major >= CALENDAR) {
            return Optional.of("dbt " + version + " is of dbt Cloud; the rules of dbt " + newest + " are used");
        }
        if (major >= 2) {
            return Optional.of(
                    "dbt " + version + " selects by rules that are known only in part; its answer may differ");
        }
        if (major < 1 || minor < OLDEST) {
            return Optional.of("dbt " + version + " is older than " + oldest + ", whose rules are used");
        }
        if (minor > NEWEST) {
            return Optional.of("dbt " + version + " is newer than " + newest + ", whose rules are used");
        }
        return Optional.empty();
    }
}
