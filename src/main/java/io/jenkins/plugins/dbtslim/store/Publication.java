package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.manifest.Metadata;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a publisher writes beside a manifest, as the object's metadata.
 *
 * @param id different for each act of publishing, and the same if one is tried again: tells one's own write from another's
 * @param sha256 of the manifest as plain JSON, lower case hexadecimal, whether or not it is stored compressed
 * @param dbtVersion that made it
 * @param project name of the dbt project, or null
 * @param adapter such as materialize, or null
 * @param generatedAt by dbt, ISO 8601, or null
 * @param build URL or name of the publishing build, or null
 * @param commit of the project's sources, or null
 */
public record Publication(
        String id,
        String sha256,
        String dbtVersion,
        @CheckForNull String project,
        @CheckForNull String adapter,
        @CheckForNull String generatedAt,
        @CheckForNull String build,
        @CheckForNull String commit)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "dbt-slim-";
    private static final int MAX_VALUE = 300;
    // S3 signs metadata as ASCII, and trims and folds white space.
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x24\\x26-\\x7e]*");

    static Publication of(Metadata metadata, String sha256, String build, String commit) {
        return new Publication(
                UUID.randomUUID().toString(),
                sha256,
                metadata.dbtVersion(),
                metadata.projectName(),
                metadata.adapterType(),
                metadata.generatedAt(),
                build,
                commit);
    }

    /** The same under an id of the publisher's own; null leaves it as it is. */
    Publication named(String name) {
        return name == null
                ? this
                : new Publication(name, sha256, dbtVersion, project, adapter, generatedAt, build, commit);
    }

    /** The same act of publishing for another file of it. */
    Publication of(String otherSha256) {
        return new Publication(id, otherSha256, dbtVersion, project, adapter, generatedAt, build, commit);
    }

    /** Names without S3's own prefix {@code x-amz-meta-}, values in ASCII. */
    public Map<String, String> toMetadata() {
        Map<String, String> map = new LinkedHashMap<>();
        put(map, "publication", id);
        put(map, "sha256", sha256);
        put(map, "dbt-version", dbtVersion);
        put(map, "project", project);
        put(map, "adapter", adapter);
        put(map, "generated-at", generatedAt);
        put(map, "build", build);
        put(map, "commit", commit);
        return map;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (value != null && !value.isEmpty()) {
            String bounded = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
            map.put(
                    PREFIX + name,
                    PLAIN.matcher(bounded).matches()
                            ? bounded
                            : URLEncoder.encode(bounded, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }

    /** Null when the object was written by something else. */
    public static Publication fromMetadata(Map<String, String> metadata) {
        String sha256 = get(metadata, "sha256");
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            return null;
        }
        return new Publication(
                get(metadata, "publication"),
                sha256,
                get(metadata, "dbt-version"),
                get(metadata, "project"),
                get(metadata, "adapter"),
                get(metadata, "generated-at"),
                get(metadata, "build"),
                get(metadata, "commit"));
    }

    private static String get(Map<String, String> metadata, String name) {
        String value = metadata.get(PREFIX + name);
        if (value == null || value.length() > 4 * MAX_VALUE) {
            return null;
        }
        String decoded = value;
        if (value.indexOf('%') >= 0) {
            try {
                decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return decoded.replaceAll("\\p{Cntrl}", " ");
    }

    /** Whose manifest it is. */
    public ProjectIdentity identity() {
        return new ProjectIdentity(project, adapter);
    }

    /** Who published, for messages: the build, else the commit, else "somebody". */
    String publisher() {
        if (build != null) {
            return build;
        }
        return commit != null ? String.format(Locale.ROOT, "commit %s", commit) : "somebody";
    }
}
