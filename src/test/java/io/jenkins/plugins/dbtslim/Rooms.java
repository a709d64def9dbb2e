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

    private static final String HALL = "report";

    /** Each room with those that it uses. */
    static final Map<String, Set<String>> KNOWN = known();

    private Rooms() {}

    /** The room that a class is in: its package; below {@value #HALL} each package is a room of its own. */
    public static String of(JavaClass type) {
        String[] packages = type.getPackageName().substring(BASE.length() + 1).split("\\.", -1);
        return packages[0].equals(HALL) && packages.length > 1 ? HALL + "." + packages[1] : packages[0];
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        room(known, "io");
        room(known, "secret");
        room(known, "manifest", "io");
        room(known, "state", "io", "manifest");
        room(known, "selection", "io", "manifest", "state");
        room(known, "change", "io");
        room(known, "dbt", "io");
        room(known, "store", "io", "manifest");
        room(known, "truth", "dbt", "io", "manifest", "state", "store");
        room(known, "doctor", "io", "manifest", "store");
        room(known, "run", "change", "dbt", "io");
        room(known, "report.data", "change", "dbt", "io", "manifest");
        room(
                known,
                "report.make",
                "change",
                "dbt",
                "io",
                "manifest",
                "report.data",
                "selection",
                "state",
                "store",
                "truth");
        room(known, "report.file", "change", "dbt", "io", "manifest", "report.data");
        room(known, "report.html", "change", "dbt", "io", "report.data");
        room(known, "report.picture", "dbt", "report.data", "report.html");
        room(known, "report.page", "change", "dbt", "manifest", "report.data", "report.html", "report.picture");
        room(known, "report.export", "change", "dbt", "io", "report.data", "report.file", "report.html");
        room(
                known,
                "cli",
                "change",
                "dbt",
                "doctor",
                "io",
                "manifest",
                "report.data",
                "report.export",
                "report.file",
                "report.make",
                "report.page",
                "run",
                "secret",
                "selection",
                "state",
                "store",
                "truth");
        room(
                known,
                "jenkins",
                "change",
                "dbt",
                "doctor",
                "io",
                "manifest",
                "report.data",
                "report.export",
                "report.file",
                "report.html",
                "report.make",
                "report.page",
                "report.picture",
                "run",
                "secret",
                "selection",
                "store",
                "truth");
        return Collections.unmodifiableMap(known);
    }

    private static void room(Map<String, Set<String>> known, String name, String... uses) {
        known.put(name, new TreeSet<>(Set.of(uses)));
    }
}
