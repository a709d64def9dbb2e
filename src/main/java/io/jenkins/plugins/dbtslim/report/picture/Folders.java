package io.jenkins.plugins.dbtslim.report.picture;

import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which folder stands for a node in a picture of many nodes: the deepest level that still gives a readable number of
 * boxes.
 */
final class Folders {
    private static final int MOST = 120;
    private static final int DEEPEST = 6;
    private static final String OTHERS = "…";

    private final boolean packages;
    private final int depth;
    private final Set<String> shown = new HashSet<>();

    private Folders(boolean packages, int depth) {
        this.packages = packages;
        this.depth = depth;
    }

    static Folders of(List<ReportNode> nodes) {
        boolean packages = nodes.stream()
                        .map(ReportNode::packageName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
        Folders folders = new Folders(packages, 1);
        for (int depth = DEEPEST; depth > 1; depth--) {
            Folders deeper = new Folders(packages, depth);
            if (deeper.isReadable(nodes)) {
                return deeper;
            }
        }
        return folders;
    }

    private boolean isReadable(List<ReportNode> nodes) {
        Set<String> names = new HashSet<>();
        for (ReportNode node : nodes) {
            names.add(folder(node));
            if (names.size() > MOST) {
                return false;
            }
        }
        return true;
    }

    /** The folder of a node; those that even the highest level has too many of are one. */
    String of(ReportNode node) {
        String folder = folder(node);
        if (shown.size() < MOST) {
            shown.add(folder);
        }
        return shown.contains(folder) ? folder : OTHERS;
    }

    /** The folder of a node, without the name of its file; with several packages the package comes first. */
    private String folder(ReportNode node) {
        if (node.type().equals("exposure")) {
            return "exposures";
        }
        String place = packages && node.packageName() != null ? node.packageName() : "";
        String path = node.path() == null ? "" : node.path().replace('\\', '/');
        int end = path.lastIndexOf('/');
        int from = path.startsWith("models/") ? "models/".length() : 0;
        int to = from == 0 ? -1 : from - 1;
        for (int level = from == 0 ? 0 : 1; level < depth && to < end; level++) {
            int next = path.indexOf('/', to + 1);
            to = next < 0 ? end : next;
        }
        String folder = to <= from ? "" : path.substring(from, to);
        String name = place.isEmpty() || folder.isEmpty() ? place + folder : place + "/" + folder;
        return name.isEmpty() ? String.valueOf(node.packageName()) : name;
    }
}
