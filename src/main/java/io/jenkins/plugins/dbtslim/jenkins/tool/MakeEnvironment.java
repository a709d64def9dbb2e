package io.jenkins.plugins.dbtslim.jenkins.tool;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import io.jenkins.plugins.dbtslim.io.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/**
 * Makes the Python environment of a requirements text on the agent, or finds the one that was made before. There is one for
 * each text, Python and platform in a folder; below it, {@code venv} is complete when {@code complete} lies beside it. That
 * file is renamed into place as the last act: the environment itself could not be, because its commands hold its path.
 * All happens under a lock of the folder, which also other agents on the same machine honour.
 */
final class MakeEnvironment extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;
    private static final int MINUTES = 30;
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final String COMPLETE = "complete";
    private final String tool;
    private final String requirements;
    private final String python;
    private final TreeMap<String, String> environment;
    private final TaskListener listener;

    /**
     * Makes nothing yet.
     *
     * @param tool its name, for messages
     * @param requirements the checked text
     * @param python a path or a name on the PATH, or null for the usual name
     * @param environment of the node, for its PATH, proxy and pip settings
     */
    MakeEnvironment(
            String tool,
            String requirements,
            @CheckForNull String python,
            Map<String, String> environment,
            TaskListener listener) {
        this.tool = tool;
        this.requirements = requirements;
        this.python = python;
        this.environment = new TreeMap<>(environment);
        this.listener = listener;
    }

    /** Gives the path of the environment. */
    @Override
    public String invoke(File base, VirtualChannel channel) throws IOException, InterruptedException {
        Files.createDirectories(base.toPath());
        PythonCommands.clean(environment);
        CommandLine commands = new CommandLine(base, environment, MINUTES);
        Python found = Python.find(commands, PythonCommands.python(python, isWindows()));
        Path folder = base.toPath().resolve(key(requirements, found));
        Path lock = base.toPath().resolve(folder.getFileName() + ".lock");
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock(file)) {
            if (held.isValid() && !Files.exists(folder.resolve(COMPLETE))) {
                make(folder, found, commands);
            }
            Files.setLastModifiedTime(folder.resolve(COMPLETE), FileTime.from(Instant.now()));
        }
        removeUnused(base.toPath());
        return folder.resolve("venv").toString();
    }

    private FileLock lock(FileChannel file) throws IOException, InterruptedException {
        for (boolean told = false; ; told = true) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Another build on this very agent.
            }
            if (!told) {
                log("Waiting for another build that makes the Python environment of the dbt tool \"" + tool + "\"");
            }
            Thread.sleep(500);
        }
    }

    private void make(Path folder, Python found, CommandLine commands) throws IOException, InterruptedException {
        long since = System.nanoTime();
        log("Making the Python environment of the dbt tool \"" + tool + "\" with Python " + found.version() + " in "
                + folder);
        FileTree.delete(folder);
        boolean made = false;
        try {
            Files.createDirectories(folder);
            String venv = folder.resolve("venv").toString();
            Path file = Files.writeString(folder.resolve("requirements.txt"), requirements);
            CommandLine.Ended ended = commands.run(PythonCommands.makeVenv(found.command(), venv));
            if (ended.status() != 0) {
                throw new DbtException(
                        "Python " + found.version() + " on the agent cannot make environments for the dbt"
                                + " tool \"" + tool + "\" (on Debian and Ubuntu the package python3-venv is needed): "
                                + ended.text());
            }
            ended = commands.run(PythonCommands.install(venv, file.toString(), isWindows()));
            if (ended.status() != 0) {
                throw new DbtException(notInstalled(tool, ended.text()));
            }
            if (!Files.exists(Path.of(PythonCommands.dbt(venv, isWindows())))) {
                throw new DbtException("The requirements of the dbt tool \"" + tool
                        + "\" bring no dbt command: name dbt-core and the adapter.");
            }
            AtomicFile.write(
                    folder.resolve(COMPLETE), out -> out.write(found.version().getBytes(StandardCharsets.UTF_8)));
            made = true;
        } finally {
            if (!made) {
                FileTree.delete(folder);
            }
        }
        log(String.format("Made it in %.0f s", (System.nanoTime() - since) / 1e9));
    }

    /** A dbt-core that dbt-materialize does not go with is what pip takes where the requirements let it. */
    static String notInstalled(String tool, String lastLines) {
        String trap = lastLines.contains("dbt_core_experimental_parser")
                ? "\ndbt-core 1.12 downloads its parser from github.com while it is installed, and the agent could not do"
                        + " that: write dbt-core<1.12 into the requirements, which dbt-materialize needs anyway."
                : "";
        return "pip could not install the requirements of the dbt tool \"" + tool + "\"; its last lines are:\n"
                + lastLines + trap;
    }

    /** Folders of texts and Pythons that nobody names any more. */
    private static void removeUnused(Path base) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, Files::isDirectory)) {
            for (Path folder : folders) {
                Path complete = folder.resolve(COMPLETE);
                if (Files.exists(complete)
                        && Files.getLastModifiedTime(complete)
                                .toInstant()
                                .isBefore(Instant.now().minus(UNUSED))) {
                    Files.delete(complete);
                    FileTree.delete(folder);
                }
            }
        }
    }

    /** Tells one environment from another: full text, Python and platform. */
    static String key(String requirements, Python python) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((requirements + "\n" + python.identity()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void log(String line) {
        PrintStream log = listener.getLogger();
        log.println(line);
        log.flush();
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
