package io.jenkins.plugins.dbtslim;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of the house in the order of the way of the data, and which rooms each of them knows. */
public final class Rooms {
    /** The root of our packages. */
    public static final String BASE = "io.jenkins.plugins.dbtslim";

    /** Each room with those that it uses. */
    static final Map<String, Set<String>> KNOWN = known();

    private Rooms() {}

    /** The room that a class is in. */
    public static String of(JavaClass type) {
        return type.getPackageName().substring(BASE.length() + 1).replaceFirst("\\..*", "");
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        room(known, "io");
        room(known, "secret");
        room(known, "manifest");
        room(known, "state", "manifest");
        room(known, "selection", "manifest", "state");
        room(known, "dbt");
        room(known, "store", "io", "manifest");
        room(known, "doctor", "dbt", "manifest", "store");
        room(known, "report", "dbt", "manifest", "selection", "state", "store");
        room(known, "cli", "dbt", "doctor", "io", "manifest", "report", "secret", "selection", "state", "store");
        room(known, "jenkins", "dbt", "doctor", "io", "manifest", "report", "secret", "selection", "store");
        return Collections.unmodifiableMap(known);
    }

    private static void room(Map<String, Set<String>> known, String name, String... uses) {
        known.put(name, new TreeSet<>(Set.of(uses)));
    }
}
