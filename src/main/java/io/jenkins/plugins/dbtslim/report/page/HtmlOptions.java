package io.jenkins.plugins.dbtslim.report.page;

/**
 * How a report is shown.
 *
 * @param code whether the reader may see SQL, configs and messages of the database
 * @param query what the reader asked of the tables, for a page that a server makes: its tables have pages, and the
 *     details of each node are at {@code node?id=…} and {@code nodeFragment?id=…}; null for a file that stands alone
 *     and holds everything
 * @param rows rows shown of one table at most
 */
public record HtmlOptions(boolean code, PageQuery query, int rows) {
    /** Rows of a table on a page that a server makes: what a browser lays out before one can read. */
    static final int SERVED_ROWS = 50;

    /** For a file that stands alone. */
    public static HtmlOptions standalone() {
        return new HtmlOptions(true, null, 1000);
    }

    /** For a page that a server makes. */
    public static HtmlOptions served(boolean code, PageQuery query) {
        return new HtmlOptions(code, query, SERVED_ROWS);
    }

    boolean isServed() {
        return query != null;
    }

    public HtmlOptions withCode(boolean shown) {
        return new HtmlOptions(shown, query, rows);
    }
}
