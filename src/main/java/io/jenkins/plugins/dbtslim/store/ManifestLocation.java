package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a manifest lives: {@code s3://bucket/key}, {@code gs://bucket/key}, {@code az://account/container/path}, {@code
 * https://host/path}, {@code file:/path/manifest.json} (or a bare path), or {@code <scheme>:<rest>} of a store that somebody
 * added.
 *
 * @param scheme lower case: {@code s3}, {@code file}, …
 * @param path what follows, the slashes after the scheme apart; as written (nothing is percent-decoded)
 */
public record ManifestLocation(String scheme, String path) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 2000;
    // Two letters at least: "C:\state\manifest.json" is a path.
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
    // Wider than Amazon's rule, because S3 lookalikes allow capitals and underscores.
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}/[a-z0-9$][a-z0-9-]{2,62}/.+");
    /** A location is printed in logs and reports. */
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)(.*[?&])?[^=&]*(sig|token|secret|passw|key|credential)[^=&]*=.*");

    private static final Set<String> WITH_SLASHES = Set.of("s3", "gs", "az", "https");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern SAFE_VALUE = Pattern.compile("[\\p{L}\\p{N}._+=@/-]{1,255}");

    /** Reads a location. Fails with a sentence that says what is wrong and shows the right form. */
    public static ManifestLocation parse(String text) throws StoreException {
        String trimmed = text == null ? "" : text.trim();
        if (trimmed.isEmpty()) {
            throw new StoreException(
                    "No location of the manifest is given: write s3://bucket/path/manifest.json or file:/path/manifest.json.");
        }
        if (trimmed.length() > MAX_LENGTH || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new StoreException("The location of the manifest is longer than " + MAX_LENGTH
                    + " characters or has control characters: correct it.");
        }
        Matcher matcher = SCHEME.matcher(trimmed);
        if (!matcher.matches()) {
            return file(trimmed, trimmed);
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = matcher.group(2);
        return switch (scheme) {
            case "s3", "gs" -> bucket(scheme, trimmed, rest);
            case "az" -> azure(trimmed, rest);
            case "https" -> https(trimmed, rest);
            case "http" ->
                throw new StoreException(
                        "Not over http, which anybody on the way can read and change: write https://.");
            case "file" -> file(trimmed, rest.startsWith("///") ? rest.substring(2) : rest);
            default -> other(scheme, rest, trimmed);
        };
    }

    private static ManifestLocation bucket(String scheme, String text, String rest) throws StoreException {
        String path = rest.startsWith("//") ? rest.substring(2) : "";
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        if (!BUCKET.matcher(bucket).matches() || key.isEmpty()) {
            throw new StoreException(
                    "Not a location in a bucket: " + text + "; write " + scheme + "://bucket/path/manifest.json.");
        }
        checkSegments(text, key);
        return new ManifestLocation(scheme, path);
    }

    private static ManifestLocation azure(String text, String rest) throws StoreException {
        String path = rest.startsWith("//") ? rest.substring(2) : "";
        if (!ACCOUNT.matcher(path).matches()) {
            throw new StoreException("Not a location in Azure Blob Storage: " + text
                    + "; write az://account/container/path/manifest.json.");
        }
        checkSegments(text, path);
        return new ManifestLocation("az", path);
    }

    private static ManifestLocation https(String text, String rest) throws StoreException {
        URI uri = null;
        try {
            uri = URI.create("https:" + rest);
        } catch (IllegalArgumentException e) {
            // Said below, without the text: it may hold a password.
        }
        if (uri == null || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new StoreException(
                    "Not an https location: write https://host/path/manifest.json as a browser shows it,"
                            + " percent-encoded, without user and fragment; the log-in is the credentials'.");
        }
        if (uri.getRawQuery() != null
                && SECRET_PARAMETER.matcher(uri.getRawQuery()).matches()) {
            throw new StoreException("The https location has a parameter that looks like a secret, and locations are"
                    + " printed: leave it out and name credentials.");
        }
        checkSegments(text, uri.getRawPath().replaceFirst("^/", ""));
        return new ManifestLocation("https", uri.toASCIIString().replaceFirst("^https://", ""));
    }

    private static ManifestLocation file(String text, String path) throws StoreException {
        if (path.isEmpty() || path.endsWith("/") || path.endsWith("\\")) {
            throw new StoreException("The location must end with the manifest's own name, such as " + text
                    + (path.isEmpty() ? "/path/" : "") + "manifest.json.");
        }
        return new ManifestLocation("file", path);
    }

    private static ManifestLocation other(String scheme, String rest, String text) throws StoreException {
        if (rest.isEmpty()) {
            throw new StoreException(
                    "The location " + text
                            + " ends after its scheme: write s3://bucket/path/manifest.json, file:/path/manifest.json or build:job.");
        }
        return new ManifestLocation(scheme, rest);
    }

    // A URL's "." and ".." may be resolved by any party on the way: the object meant would not be the one signed.
    private static void checkSegments(String text, String key) throws StoreException {
        for (String segment : key.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new StoreException(
                        "The path of " + text
                                + " has an empty, \".\" or \"..\" part, or ends with a slash; write it with the manifest's own name.");
            }
        }
    }

    /**
     * The location with each <code>${NAME}</code> replaced from the environment. Values may come from a branch name,
     * so they are checked: letters, digits and {@code . _ - + = @ /}, no empty, "." or ".." part.
     */
    public static ManifestLocation parse(String text, Map<String, String> environment) throws StoreException {
        Matcher matcher = VARIABLE.matcher(text == null ? "" : text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                throw new StoreException("The location " + text + " needs the variable " + name
                        + ", which is not set in this environment.");
            }
            if (!SAFE_VALUE.matcher(value).matches()) {
                throw new StoreException("The location " + text + " takes the variable " + name
                        + ", whose value may hold only letters, digits and . _ - + = @ /");
            }
            checkSegments(text, value);
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return parse(matcher.appendTail(expanded).toString());
    }

    /** The bucket of an S3 or Google location, the account of an Azure one. */
    public String bucket() {
        return path.substring(0, path.indexOf('/'));
    }

    /** What follows the bucket: the key of the object, or container and path. */
    public String key() {
        return path.substring(path.indexOf('/') + 1);
    }

    /** Whether what lies there is compressed: its name ends with {@code .gz}. */
    public boolean isGzip() {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** The place {@code history/<this one's name>-<name>.json.gz} beside this one. */
    public ManifestLocation history(String name) {
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        String own = withoutSuffix(path.substring(slash + 1));
        return new ManifestLocation(scheme, path.substring(0, slash + 1) + "history/" + own + "-" + name + ".json.gz");
    }

    /** The place {@code <this one's name><suffix>} beside this one. */
    ManifestLocation beside(String suffix) {
        int query = query();
        return new ManifestLocation(scheme, withoutSuffix(path.substring(0, query)) + suffix + path.substring(query));
    }

    /** The place of that name beside this one, as dbt itself calls what it writes there. */
    ManifestLocation sibling(String name) {
        int query = query();
        return new ManifestLocation(
                scheme, path.substring(0, path.lastIndexOf('/', query) + 1) + name + path.substring(query));
    }

    private int query() {
        int query = scheme.equals("https") ? path.indexOf('?') : -1;
        return query < 0 ? path.length() : query;
    }

    /** Whether nothing can be published there. */
    public boolean isReadOnly() {
        return scheme.equals("https");
    }

    private static String withoutSuffix(String name) {
        return name.replaceFirst("(?i)(\\.json)?(\\.gz)?$", "");
    }

    /** As written by users. */
    @Override
    public String toString() {
        return scheme + (WITH_SLASHES.contains(scheme) ? "://" : ":") + path;
    }
}
