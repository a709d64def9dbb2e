package io.jenkins.plugins.dbtslim.jenkins.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.change.ChangeTags;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which environments in the database the change requests of a multibranch project made. The records lie with the project
 * and not with the job of the change request, which is deleted when the change request is closed. Each is of one environment
 * and one job, in a file of its own below {@code <project>/dbt-slim/environments}: nobody overwrites another's, and an
 * environment is wanted as long as one job that uses it is there.
 */
@Restricted(NoExternalUse.class)
public final class EnvironmentRecords {
    private static final Logger LOGGER = Logger.getLogger(EnvironmentRecords.class.getName());
    private static final String FOLDER = "dbt-slim/environments";
    private static final String ENDING = ".properties";

    private final ItemGroup<?> project;
    private final Path folder;

    EnvironmentRecords(ItemGroup<?> project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    private static EnvironmentRecords in(ItemGroup<?> project) {
        return new EnvironmentRecords(project, project.getRootDir().toPath().resolve(FOLDER));
    }

    /**
     * That a job uses an environment.
     *
     * @param tag its name
     * @param host on which it was made, or null for whatever the profile says
     * @param job by its name within the project
     * @param change number of the job's change request, or null in the records of versions that did not note it
     * @param build that used it last, by its externalizable id
     */
    public record Entry(
            String tag,
            @CheckForNull String host,
            String job,
            @CheckForNull String change,
            String build) {
        private boolean isWhole() {
            return tag != null && job != null;
        }
    }

    /** Those of the project in which the build's job lies; null for a job that lies in none. */
    public static EnvironmentRecords of(Run<?, ?> run) {
        ItemGroup<?> project = run.getParent().getParent();
        return project instanceof Item ? in(project) : null;
    }

    /** Those of a project, or null if the item cannot hold jobs. */
    @CheckForNull
    public static EnvironmentRecords of(Item item) {
        return item instanceof ItemGroup<?> project ? in(project) : null;
    }

    /** Notes that a build of a change request made an environment. */
    public void note(String host, String tag, String change, Run<?, ?> run) throws IOException {
        note(new Entry(tag, host, run.getParent().getName(), change, run.getExternalizableId()));
    }

    void note(Entry entry) throws IOException {
        Properties fields = new Properties();
        fields.setProperty("tag", entry.tag());
        if (entry.host() != null) {
            fields.setProperty("host", entry.host());
        }
        fields.setProperty("job", entry.job());
        if (entry.change() != null) {
            fields.setProperty("change", entry.change());
        }
        fields.setProperty("build", entry.build());
        LOGGER.fine(() -> "noted in " + folder + ": " + entry);
        AtomicFile.write(file(entry), out -> fields.store(new OutputStreamWriter(out, UTF_8), null));
    }

    /** The environment is gone, for all jobs that used it. */
    public void forget(String host, String tag) throws IOException {
        String name = name(host, tag);
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                Entry entry = read(file);
                if (entry.isWhole() && name(entry.host(), entry.tag()).equals(name)) {
                    Files.delete(file);
                    LOGGER.fine(() -> "forgotten in " + folder + ": " + entry);
                }
            }
        }
    }

    /** The records of one environment. */
    public List<Entry> of(String host, String tag) throws IOException {
        String name = name(host, tag);
        return all().stream()
                .filter(entry -> name(entry.host(), entry.tag()).equals(name))
                .toList();
    }

    /**
     * Tags that change requests have of their own on a host, in the project in which the build's job lies: nobody else's
     * objects lie in what is named so.
     *
     * @param patterns of tags that are a change request's own, see {@link ChangeTags}
     */
    public static List<String> tags(Run<?, ?> run, String host, List<String> patterns) throws IOException {
        EnvironmentRecords records = of(run);
        return records == null ? List.of() : records.tags(host, patterns);
    }

    List<String> tags(String host, List<String> patterns) throws IOException {
        return all().stream()
                .filter(entry -> new ChangeTags(entry.change(), patterns).owns(entry.tag()))
                .filter(entry -> name(entry.host(), entry.tag()).equals(name(host, entry.tag())))
                .map(Entry::tag)
                .distinct()
                .toList();
    }

    /** All, by tag. */
    public List<Entry> all() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                Entry entry = read(file);
                if (entry.isWhole()) {
                    entries.add(entry);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::tag).thenComparing(Entry::job));
        return entries;
    }

    private static Entry read(Path file) throws IOException {
        Properties fields = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            fields.load(in);
        }
        return new Entry(
                fields.getProperty("tag"),
                fields.getProperty("host"),
                fields.getProperty("job"),
                fields.getProperty("change"),
                fields.getProperty("build", ""));
    }

    /**
     * Why the environment must stay because of this record, in words for the log, or null if nothing speaks for it.
     *
     * @param patterns of tags that are a change request's own, see {@link ChangeTags}
     * @param key of the step that wants to drop it
     */
    @CheckForNull
    public String keptBy(Entry entry, List<String> patterns, StepKey key) {
        if (!new ChangeTags(entry.change(), patterns).owns(entry.tag())) {
            return "it is not known to be a change request's own, only that " + entry.job() + " used it";
        }
        return inUse(entry, key);
    }

    private String inUse(Entry entry, StepKey key) {
        if (JenkinsFacade.isBuilding(entry.build())) {
            return "a build of " + entry.job() + " is running";
        }
        if (JenkinsFacade.isBuildable(project, entry.job())) {
            return "the job " + entry.job() + " is there";
        }
        boolean held = new RunSettings(entry.host(), entry.tag())
                .environment(project.getFullName()).stream()
                        .anyMatch(environment -> EnvironmentLocks.isHeldByOther(environment, key));
        return held ? "a build is at work in it" : null;
    }

    /** An environment by host and tag, which ignore the case. */
    private static String name(String host, String tag) {
        return (tag + "@" + (host == null ? "" : host)).toLowerCase(Locale.ROOT);
    }

    /** Names of jobs may have any letter, so they stand in the file's name by their digest. */
    private Path file(Entry entry) {
        String name = name(entry.host(), entry.tag()).replace(':', '+');
        if (!name.matches("[a-z0-9._@+-]{1,150}")) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of an environment.");
        }
        return folder.resolve(name + "@" + digest(entry.job()) + ENDING);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
