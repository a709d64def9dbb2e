package io.jenkins.plugins.dbtslim.jenkins.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which environments in the database the builds of a multibranch project (or of another folder's jobs) made. The records
 * lie with the project and not with the job of the change request, which is deleted when the change request is closed.
 * Each is a file of its own, {@code <project>/dbt-slim/environments/<tag>@<host>.properties}, so that builds that run side
 * by side cannot overwrite each other's.
 */
@Restricted(NoExternalUse.class)
public final class EnvironmentRecords {
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
     * An environment.
     *
     * @param tag its name
     * @param host on which it was made, or null for whatever the profile says
     * @param job that made it, by its name within the project
     * @param build that made it last, by its externalizable id
     */
    public record Entry(String tag, String host, String job, String build) {}

    /** Those of the project in which the build's job lies; null for a job that lies in none. */
    public static EnvironmentRecords of(Run<?, ?> run) {
        ItemGroup<?> project = run.getParent().getParent();
        return project instanceof Item ? in(project) : null;
    }

    /** Those of a project, or null if the item cannot hold jobs. */
    public static EnvironmentRecords of(Item item) {
        return item instanceof ItemGroup<?> project ? in(project) : null;
    }

    /** Notes that a build makes an environment. */
    public void note(String host, String tag, Run<?, ?> run) throws IOException {
        note(new Entry(tag, host, run.getParent().getName(), run.getExternalizableId()));
    }

    void note(Entry entry) throws IOException {
        Properties fields = new Properties();
        fields.setProperty("tag", entry.tag());
        if (entry.host() != null) {
            fields.setProperty("host", entry.host());
        }
        fields.setProperty("job", entry.job());
        fields.setProperty("build", entry.build());
        AtomicFile.write(
                file(entry.host(), entry.tag()), out -> fields.store(new OutputStreamWriter(out, UTF_8), null));
    }

    /** The environment is gone. */
    public void forget(String host, String tag) throws IOException {
        Files.deleteIfExists(file(host, tag));
    }

    /** All, by tag. */
    public List<Entry> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                Entry entry = read(file);
                if (Objects.nonNull(entry.tag()) && Objects.nonNull(entry.job())) {
                    entries.add(entry);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::tag));
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
                fields.getProperty("build", ""));
    }

    /** Why the environment is still wanted, in words for the log, or null if nothing speaks for it. */
    public String inUse(Entry entry) {
        if (JenkinsFacade.isBuilding(entry.build())) {
            return "a build of " + entry.job() + " is running";
        }
        return JenkinsFacade.isBuildable(project, entry.job()) ? "the job " + entry.job() + " is there" : null;
    }

    /** Host names and tags have letters, digits, dots, - and _ only, and ignore the case; a port comes with a colon. */
    private Path file(String host, String tag) {
        String name = tag + "@" + (host == null ? "" : host.replace(':', '+'));
        if (!name.matches("[A-Za-z0-9._@+-]{1,200}")) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of an environment.");
        }
        return folder.resolve(name.toLowerCase(Locale.ROOT) + ENDING);
    }
}
