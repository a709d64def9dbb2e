package io.jenkins.plugins.dbtslim.dbt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code profiles.yml} asks of the environment, as far as its text tells without being rendered. */
public final class ProfilesFile {
    private static final Pattern REQUIRED = Pattern.compile("env_var\\(\\s*['\"]([A-Za-z_][A-Za-z0-9_]*)['\"]\\s*\\)");
    private static final long LARGEST = 1 << 20;

    private ProfilesFile() {}

    /** The variables that {@code env_var} is called with and no default; none where there is no such file. */
    public static Set<String> requiredVariables(Path directory) throws IOException {
        Path file = directory.resolve("profiles.yml");
        Set<String> names = new TreeSet<>();
        if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
            Matcher calls = REQUIRED.matcher(
                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*#.*$", ""));
            while (calls.find()) {
                names.add(calls.group(1));
            }
        }
        return names;
    }
}
