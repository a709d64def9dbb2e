package io.jenkins.plugins.dbtslim.report.data;

/**
 * A text copied into the report, bounded.
 *
 * @param omitted characters that were cut off at the end, so that a page can say so
 */
public record ReportText(String text, int omitted) {
    /** Characters kept of one text: a reviewer reads no longer one, and storage stays bounded. */
    public static final int LIMIT = 64 * 1024;

    /** Keeps at most {@link #LIMIT} characters and no half of a surrogate pair; null stays null. */
    public static ReportText of(String text) {
        if (text == null || text.length() <= LIMIT) {
            return text == null ? null : new ReportText(text, 0);
        }
        int end = Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
        return new ReportText(text.substring(0, end), text.length() - end);
    }
}
