package io.jenkins.plugins.dbtslim.jenkins.tool;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a requirements file that says packages and versions, and nothing else: no option of pip, which could name
 * another index or read another file, no address and no path. It is read as pip reads it (logical lines, comments; see
 * "Requirements File Format" of pip), and what was read is what pip gets.
 */
final class Requirements {
    private static final Pattern ALLOWED = Pattern.compile("[\\t\\r\\n\\x20-\\x7e]*");
    private static final Pattern COMMENT = Pattern.compile("(^|[ \\t]+)#.*$");
    private static final Pattern HASH = Pattern.compile("--hash=(sha256|sha384|sha512):[0-9a-f]{64,128}");
    private static final Pattern ARCHIVE =
            Pattern.compile("(?i).*\\.(whl|zip|tgz|tar|tbz|txz|tlz|tar\\.(gz|bz2|xz|lz|lzma))");
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
    private static final String VERSION = "(?:===|~=|==|!=|<=|>=|<|>) *[A-Za-z0-9.*+!_-]+";
    private static final String VERSIONS = VERSION + "(?: *, *" + VERSION + ")*";
    private static final Pattern REQUIREMENT = Pattern.compile("(" + NAME + ")(?: *\\[ *" + NAME + "(?: *, *" + NAME
            + ")* *])? *(?:" + VERSIONS + "|\\( *" + VERSIONS + " *\\))?(?: *; *[A-Za-z0-9_. <>=!~'\"(),+*-]+)?");

    private final List<String> lines;

    private Requirements(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Reads the text.
     *
     * @throws UserException with a sentence that names the line that cannot be taken
     */
    static Requirements parse(String text) throws UserException {
        if (!ALLOWED.matcher(text).matches()) {
            throw new UserException(
                    "The requirements hold a character that is not printable ASCII: pip might see a line end there.");
        }
        List<String> lines = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\\R", " ").split("\\R", -1)) {
            String requirement =
                    COMMENT.matcher(line).replaceFirst("").replace('\t', ' ').strip();
            if (!requirement.isEmpty()) {
                lines.add(checked(requirement));
            }
        }
        if (lines.isEmpty()) {
            throw new UserException("The requirements name no package: such as dbt-core<1.12 and the adapter.");
        }
        return new Requirements(lines);
    }

    private static String checked(String line) throws UserException {
        StringBuilder requirement = new StringBuilder();
        boolean hashes = false;
        for (String word : line.split(" +", -1)) {
            boolean hash = HASH.matcher(word).matches();
            if (word.startsWith("-") && !hash) {
                throw refused(line, "options of pip are not taken here, but for --hash");
            }
            if (hashes && !hash) {
                throw refused(line, "hashes come last");
            }
            hashes |= hash;
            requirement.append(hash ? "" : word + " ");
        }
        String text = requirement.toString().strip();
        Matcher matcher = REQUIREMENT.matcher(text);
        if (text.contains("://") || text.indexOf('@') >= 0 || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
            throw refused(line, "addresses and paths are not taken here");
        }
        if (!matcher.matches()) {
            throw refused(line, "a line is a package's name and its versions, such as dbt-core>=1.10,<1.12");
        }
        if (ARCHIVE.matcher(matcher.group(1)).matches()) {
            throw refused(line, "pip would take the name for a file");
        }
        return line;
    }

    private static UserException refused(String line, String why) {
        String shown = line.length() > 100 ? line.substring(0, 100) + "…" : line;
        return new UserException("The requirement \"" + shown + "\" is refused: " + why + ".");
    }

    /** The requirements as a file for pip. */
    String text() {
        return String.join("\n", lines) + "\n";
    }
}
