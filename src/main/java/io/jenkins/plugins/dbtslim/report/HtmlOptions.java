package io.jenkins.plugins.dbtslim.report;

import java.util.Locale;

/**
 * How a report is shown.
 *
 * @param locale language of our words
 * @param code whether the reader may see SQL, configs and messages of the database
 * @param detailsUrl prefix of a link to which the encoded unique_id is added and which answers {@link HtmlReport#details}; null puts the details
 *     of each node into the page
 * @param rows rows shown of one table at most
 */
public record HtmlOptions(Locale locale, boolean code, String detailsUrl, int rows) {
    /** For a file that stands alone. */
    public static HtmlOptions standalone() {
        return new HtmlOptions(Locale.ENGLISH, true, null, 2000);
    }

    public HtmlOptions withCode(boolean shown) {
        return new HtmlOptions(locale, shown, detailsUrl, rows);
    }

    public HtmlOptions withLocale(Locale language) {
        return new HtmlOptions(language, code, detailsUrl, rows);
    }
}
