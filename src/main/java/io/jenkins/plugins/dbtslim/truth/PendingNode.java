package io.jenkins.plugins.dbtslim.truth;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.FirstNames;
import io.jenkins.plugins.dbtslim.manifest.PendingMark;
import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A node of the project that production has not got as the project asks for it.
 *
 * @param id unique_id
 * @param why in a few words, of {@link NotBuilt#words()}
 * @param since when a publication said so first, ISO 8601
 * @param build name of the build that published it then, or null
 * @param still whether the manifest before said so already
 */
public record PendingNode(
        String id, String why, String since, @CheckForNull String build, boolean still) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * What the next run says before it begins, such as {@code still pending since build 12: model.shop.orders (failed)};
     * the oldest come first.
     *
     * @return null where nothing is pending
     */
    @CheckForNull
    public static String sentence(List<PendingNode> nodes) {
        Map<String, String> named = new LinkedHashMap<>();
        nodes.stream()
                .sorted(Comparator.comparing(PendingNode::since).thenComparing(PendingNode::id))
                .limit(FirstNames.MOST)
                .forEach(node ->
                        named.merge(node.when(), node.id + " (" + node.why + ")", (some, more) -> some + ", " + more));
        return named.isEmpty()
                ? null
                : named.entrySet().stream()
                                .map(group -> group.getKey() + ": " + group.getValue())
                                .collect(Collectors.joining("; ", "still pending ", ""))
                        + FirstNames.more(nodes.size());
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("why", why);
        map.put("since", since);
        map.put("build", build);
        return map;
    }

    private String when() {
        return PendingMark.of(why, since, build).sinceWhen();
    }

    /** Such as {@code model.shop.orders (failed, since build 12)}. */
    @Override
    public String toString() {
        return id + " (" + why + (still ? ", " + when() : "") + ")";
    }
}
