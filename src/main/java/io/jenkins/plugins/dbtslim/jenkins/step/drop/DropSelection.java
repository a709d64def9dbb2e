package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords.Entry;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which environments are to go; stored with the running build. */
final class DropSelection implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String host;
    private final ArrayList<String> tags;
    private final ArrayList<String> kept;

    /**
     * Says so.
     *
     * @param host on which they are, or null for whatever the profile says
     * @param tags of those that go
     * @param kept tags of those that are still in use
     */
    DropSelection(@CheckForNull String host, List<String> tags, List<String> kept) {
        this.host = host;
        this.tags = new ArrayList<>(tags);
        this.kept = new ArrayList<>(kept);
    }

    String host() {
        return host;
    }

    List<String> tags() {
        return tags;
    }

    List<String> kept() {
        return kept;
    }

    /** The one that the step or its build names. */
    static DropSelection one(RunSettings settings) throws UserException {
        if (settings.ciTag() == null) {
            throw new UserException(Messages.DropSelection_noTag());
        }
        return new DropSelection(settings.host(), List.of(settings.ciTag()), List.of());
    }

    /** Those that change requests of the project made, and for which neither a job nor a build speaks. */
    static DropSelection stale(List<Entry> entries, Function<Entry, String> inUse, String host, PrintStream log) {
        Map<List<String>, List<Entry>> environments = new LinkedHashMap<>();
        for (Entry entry : entries) {
            List<String> environment = List.of(key(entry.tag()), key(entry.host()));
            environments
                    .computeIfAbsent(environment, unused -> new ArrayList<>())
                    .add(entry);
        }
        List<String> tags = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (List<Entry> users : environments.values()) {
            String tag = users.get(0).tag();
            String why = key(users.get(0).host()).equals(key(host)) ? wanted(users, inUse) : "it is on another host";
            if (why == null) {
                log.println("The environment " + tag + " is stale: " + jobs(users));
                tags.add(tag);
            } else {
                log.println("Keeping the environment " + tag + ": " + why);
                kept.add(tag);
            }
        }
        if (tags.isEmpty()) {
            log.println("No environment is stale");
        }
        return new DropSelection(host, tags, kept);
    }

    /** Unquoted names and those of hosts know no case. */
    private static String key(String name) {
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }

    /** One that uses it is enough. */
    private static String wanted(List<Entry> users, Function<Entry, String> inUse) {
        return users.stream().map(inUse).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String jobs(List<Entry> users) {
        String names = users.stream().map(Entry::job).collect(Collectors.joining(", "));
        return users.size() == 1 ? "its job " + names + " is gone" : "its jobs " + names + " are gone";
    }
}
