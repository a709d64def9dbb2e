package io.jenkins.plugins.dbtslim.report.page;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a reader asks of the tables of a page, as the query part of its address: {@code find} words that rows must hold,
 * and of each table its page ({@code run=2}) and order ({@code run-sort=-time}, with a minus from the greatest).
 * Untrusted: what is not understood is left out.
 */
public final class PageQuery {
    private static final Set<String> TABLES = Set.of("changes", "changed-tests", "run", "tests", "exposures");
    private static final Pattern PAGE = Pattern.compile("[1-9]\\d{0,4}");
    private static final String FIND = "find";
    private static final String SORT = "-sort";
    private static final int LONGEST = 200;

    private final Map<String, String> values;

    private PageQuery(Map<String, String> values) {
        this.values = values;
    }

    /** Reads the query part of an address, without its question mark; null is an empty one. */
    public static PageQuery of(String query) {
        Map<String, String> values = new TreeMap<>();
        String text = query == null || query.length() > 10 * LONGEST ? "" : query;
        for (String pair : text.split("&", 50)) {
            String[] parts = pair.split("=", 2);
            String name = parts[0];
            String value = parts.length < 2 ? "" : decode(parts[1]);
            boolean known = name.equals(FIND)
                    ? !value.isBlank()
                    : TABLES.contains(name)
                            ? PAGE.matcher(value).matches()
                            : name.endsWith(SORT)
                                    && TABLES.contains(name.substring(0, name.length() - SORT.length()))
                                    && TableOrder.isKnown(value.startsWith("-") ? value.substring(1) : value);
            if (known) {
                values.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
            }
        }
        return new PageQuery(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** What is looked for, as typed; empty for all rows. */
    String find() {
        return values.getOrDefault(FIND, "");
    }

    /** The words that each row must hold, in lower case. */
    List<String> words() {
        return find().isBlank()
                ? List.of()
                : List.of(find().strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /** The page wanted of a table, from 1. */
    int page(String table) {
        return Integer.parseInt(values.getOrDefault(table, "1"));
    }

    /**
     * The column that a table is sorted by, with a minus before it for the greatest first; null for the table's own
     * order.
     */
    String sort(String table) {
        return values.get(table + SORT);
    }

    /** Everything but the words and the pages, for the form that looks for other words. */
    Map<String, String> sorts() {
        Map<String, String> sorts = new TreeMap<>(values);
        sorts.keySet().removeIf(name -> !name.endsWith(SORT));
        return sorts;
    }

    /** Link to another page of a table. */
    String toPage(String table, int page) {
        return with(table, page == 1 ? null : Integer.toString(page), null) + "#dbt-slim-table-" + table;
    }

    /** Link to a table in the order of a column; its first page. */
    String toSort(String table, String order) {
        return with(table + SORT, order, table) + "#dbt-slim-table-" + table;
    }

    /** Link that looks for other words. */
    static String toFind(String words) {
        return "?" + FIND + "=" + encode(words) + "#dbt-slim-changes";
    }

    private String with(String name, String value, String without) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.remove(without == null ? "" : without);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        StringBuilder link = new StringBuilder("?");
        changed.forEach((key, each) -> link.append(link.length() > 1 ? "&" : "")
                .append(key)
                .append('=')
                .append(encode(each)));
        return link.toString();
    }

    /** For a query part; the asterisk is the one special character that the encoder leaves. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
