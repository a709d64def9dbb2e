package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords.Entry;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

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
    DropSelection(String host, List<String> tags, List<String> kept) {
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

    /** Those that builds of the project made, and for which neither a job nor a build speaks; never one that only looks so. */
    static DropSelection stale(EnvironmentRecords records, String host, PrintStream log) throws IOException {
        return stale(records.all(), records::inUse, host, log);
    }

    static DropSelection stale(List<Entry> entries, Function<Entry, String> inUse, String host, PrintStream log) {
        List<String> tags = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Entry entry : entries) {
            String why = Objects.equals(entry.host(), host) ? inUse.apply(entry) : "it is on another host";
            if (why == null) {
                log.println("The environment " + entry.tag() + " is stale: its job " + entry.job() + " is gone");
                tags.add(entry.tag());
            } else {
                log.println("Keeping the environment " + entry.tag() + ": " + why);
                kept.add(entry.tag());
            }
        }
        if (tags.isEmpty()) {
            log.println("No environment is stale");
        }
        return new DropSelection(host, tags, kept);
    }
}
