package io.jenkins.plugins.dbtslim.io;

import java.util.List;

/** Names in a sentence that must stay readable however many there are: the first, and how many more. */
public final class FirstNames {
    /** So many are named. */
    public static final int MOST = 5;

    private FirstNames() {}

    /** {@code a, b, c, d, e and 3 more}. */
    public static String of(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST, names.size()))) + more(names.size());
    }

    /** {@code a, b, …}, where it matters less how many more there are. */
    public static String cut(List<String> names, int most) {
        return String.join(", ", names.subList(0, Math.min(most, names.size()))) + (names.size() > most ? ", …" : "");
    }

    /** The end of such a sentence; empty where all are named. */
    public static String more(int all) {
        return all > MOST ? " and " + (all - MOST) + " more" : "";
    }
}
