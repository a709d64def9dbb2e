package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.dbtslim.Rooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The picture of the rooms in the documentation shows the packages that there are and who knows whom. To draw it anew
 * after a change, run this test with {@code -Dsnippets.write=true}.
 */
class RoomsPictureTest {
    private static final Path PICTURE = Path.of("src/docs/images/rooms.svg");
    private static final int WIDTH = 120;
    private static final int HEIGHT = 40;
    private static final int GAP_X = 60;
    private static final int GAP_Y = 30;

    @Test
    void pictureIsTrueToThePackages() throws IOException {
        String drawn = draw(reduced(uses()));
        if (Boolean.getBoolean("snippets.write")) {
            Files.writeString(PICTURE, drawn);
        }
        assertThat(Files.readString(PICTURE))
                .as("run with -Dsnippets.write=true")
                .isEqualTo(drawn);
    }

    /** Each room with the rooms that its classes use. */
    private static Map<String, Set<String>> uses() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(Rooms.BASE);
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(Rooms.of(type), room -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(Rooms.BASE + "."))
                    .map(Rooms::of)
                    .filter(room -> !room.equals(Rooms.of(type)))
                    .forEach(used::add);
        }
        return uses;
    }

    /** Without the arrows that others imply. */
    private static Map<String, Set<String>> reduced(Map<String, Set<String>> uses) {
        Map<String, Set<String>> reduced = new TreeMap<>();
        uses.forEach((room, used) -> {
            Set<String> direct = new TreeSet<>(used);
            used.forEach(other -> direct.removeAll(reach(other, uses)));
            reduced.put(room, direct);
        });
        return reduced;
    }

    private static Set<String> reach(String room, Map<String, Set<String>> uses) {
        Set<String> reach = new TreeSet<>(uses.get(room));
        uses.get(room).forEach(other -> reach.addAll(reach(other, uses)));
        return reach;
    }

    /** The last room is in the column of the longest way to it; every other stands just before those that know it. */
    private static int column(String room, Map<String, Set<String>> uses) {
        return uses.keySet().stream()
                .filter(other -> uses.get(other).contains(room))
                .mapToInt(other -> column(other, uses) - 1)
                .min()
                .orElseGet(() -> depth(room, uses));
    }

    private static int depth(String room, Map<String, Set<String>> uses) {
        return uses.get(room).stream()
                .mapToInt(other -> depth(other, uses) + 1)
                .max()
                .orElse(0);
    }

    private static String draw(Map<String, Set<String>> uses) {
        Map<Integer, List<String>> columns = new TreeMap<>();
        uses.keySet().forEach(room -> columns.computeIfAbsent(column(room, uses), column -> new ArrayList<>())
                .add(room));
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
        int height = rows * (HEIGHT + GAP_Y) + GAP_Y;
        Map<String, int[]> places = new HashMap<>();
        columns.forEach((column, rooms) -> {
            for (int i = 0; i < rooms.size(); i++) {
                int free = height - rooms.size() * HEIGHT;
                int y = free * (i + 1) / (rooms.size() + 1) + i * HEIGHT;
                places.put(rooms.get(i), new int[] {GAP_Y + column * (WIDTH + GAP_X), y});
            }
        });
        int width = columns.size() * (WIDTH + GAP_X) - GAP_X + 2 * GAP_Y;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"The rooms; each arrow leads from a room to one that knows it\">%n",
                width,
                height));
        svg.append("""
                <style>
                text{font:15px sans-serif;text-anchor:middle;fill:#24292f}
                rect{fill:#fff;stroke:#57606a}path{fill:none;stroke:#57606a;stroke-width:1.5;marker-end:url(#tip)}
                #tip path{fill:#57606a;stroke:none;marker:none}
                @media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#22272e;stroke:#8b949e}path{stroke:#8b949e}
                #tip path{fill:#8b949e}}
                </style>
                <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
                <path d="M0 0 8 4 0 8z"/></marker></defs>
                """);
        uses.forEach((room, used) -> used.forEach(other -> {
            int[] from = places.get(other);
            int[] to = places.get(room);
            int x1 = from[0] + WIDTH;
            int y1 = from[1] + HEIGHT / 2;
            int y2 = to[1] + HEIGHT / 2;
            int bend = (x1 + to[0]) / 2;
            svg.append(String.format(
                    Locale.ROOT, "<path d=\"M%d %dC%d %d %d %d %d %d\"/>%n", x1, y1, bend, y1, bend, y2, to[0], y2));
        }));
        places.keySet().stream().sorted().forEach(room -> {
            int[] place = places.get(room);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                    place[0],
                    place[1],
                    WIDTH,
                    HEIGHT,
                    place[0] + WIDTH / 2,
                    place[1] + 25,
                    room));
        });
        return svg.append("</svg>\n").toString();
    }
}
