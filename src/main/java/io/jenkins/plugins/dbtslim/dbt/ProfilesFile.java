package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code profiles.yml} names, as far as its text tells without being rendered. */
public final class ProfilesFile {
    /** A key that holds a mapping: a profile or one of its targets, and words of dbt's own that nobody calls a target. */
    private static final Pattern MAPPING =
            Pattern.compile("(?m)(?:^|[{,])[ \\t]*[\"']?([\\w-]+)[\"']?[ \\t]*:[ \\t]*(?:&\\w+[ \\t]*)?(?:\\{|\\r?$)");

    private static final Pattern NAMED = Pattern.compile(
            "(?m)(?:^|[{,])[ \\t]*[\"']?(?:target|schema|database|dbname|catalog|dataset|cluster)[\"']?[ \\t]*:"
                    + "[ \\t]*[\"']?([\\w-]+)[\"']?[ \\t]*(?=[},]|\\r?$)");

    private static final long LARGEST = 1 << 20;

    private ProfilesFile() {}

    /** Its targets, and the schemas, databases and clusters that it names plainly; none where there is no such file. */
    public static Set<String> names(Path directory) throws IOException {
        String text = text(directory).replaceAll("(?m)(?<![ \\t])[ \\t]++#.*$", "");
        Set<String> names = all(MAPPING, text);
        names.addAll(all(NAMED, text));
        return names;
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String text(Path directory) throws IOException {
        Path file = directory.resolve("profiles.yml");
        if (!Files.isRegularFile(file)) {
            return "";
        }
        if (Files.size(file) > LARGEST) {
            throw new UserException(
                    file + " has more than 1 MiB, so that what it names is not known: make it smaller.");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replaceAll("(?m)^[ \\t]*+#.*$", "");
    }
}
