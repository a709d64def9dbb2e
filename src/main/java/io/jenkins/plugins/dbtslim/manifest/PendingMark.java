package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Says of an entry of production's manifest that its node has not been built as the project asked for: what stands
 * there is the former entry. The mark is what makes every dbt find the node modified, and it lies only where each of
 * them looks and none of them minds: in {@code checksum}, which is what a seed is compared by and no other node, and as
 * a comment behind {@code raw_code}, by which all others are compared.
 *
 * @param version of the mark; a newer one than {@value #VERSION} was made by a newer dbt-slim
 * @param why in a few words, such as {@code failed}; empty if the version is not known
 * @param since when a publication said so first, ISO 8601; likewise
 * @param build name of the build that published it then, or null
 */
public record PendingMark(
        int version, String why, String since, @CheckForNull String build) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The version that this class writes. */
    public static final int VERSION = 1;

    /** Begins the name of each mark, of whatever version. */
    public static final String PREFIX = "dbt-slim-pending-";

    private static final String SEPARATOR = "; ";
    private static final String COMMENT = "dbt-slim: pending";
    private static final Pattern BEHIND_CODE =
            Pattern.compile("\\n(?:\\{# " + COMMENT + "[^\\n]*#\\}|# " + COMMENT + "[^\\n]*)\\z");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9 ._:/@+-]");
    private static final int LONGEST_BUILD = 100;

    public PendingMark {
        build = build == null ? null : safe(build);
    }

    /** A mark of this version. */
    public static PendingMark of(String why, String since, String build) {
        return new PendingMark(VERSION, why, since, build);
    }

    /** Whether a checksum of this name is a mark. */
    static boolean is(String checksumName) {
        return checksumName != null && checksumName.startsWith(PREFIX);
    }

    /** Reads what {@link #checksumName} and {@link #checksum} wrote. */
    static PendingMark read(String checksumName, String checksum) {
        int version = version(checksumName.substring(PREFIX.length()));
        String[] parts = version == VERSION && checksum != null ? checksum.split(SEPARATOR, 3) : new String[0];
        return new PendingMark(
                version,
                parts.length > 0 ? parts[0] : "",
                parts.length > 1 ? parts[1] : "",
                parts.length > 2 ? parts[2] : null);
    }

    private static int version(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Whether this version of dbt-slim knows such a mark. */
    public boolean isKnown() {
        return version == VERSION;
    }

    /** The {@code name} of the entry's checksum. */
    public String checksumName() {
        return PREFIX + version;
    }

    /** The {@code checksum} of the entry's checksum: plain ASCII without quotes. */
    public String checksum() {
        return why + SEPARATOR + since + (build == null ? "" : SEPARATOR + build);
    }

    /** What goes behind the code, from the line break on: plain ASCII without quotes. */
    public String comment(boolean python) {
        String text = COMMENT + " " + sinceWhen() + " (" + why + ")";
        return python ? "\n# " + text : "\n{# " + text + " #}";
    }

    /** Such as {@code since build 12}. */
    public String sinceWhen() {
        return build == null ? "since " + since : "since build " + build;
    }

    /** Code without the mark behind it. */
    public static String withoutComment(String code) {
        return code == null || !code.contains(COMMENT)
                ? code
                : BEHIND_CODE.matcher(code).replaceFirst("");
    }

    private static String safe(String text) {
        String safe = UNSAFE.matcher(text).replaceAll("_");
        return safe.length() <= LONGEST_BUILD ? safe : safe.substring(0, LONGEST_BUILD);
    }
}
