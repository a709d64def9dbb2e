package io.jenkins.plugins.dbtslim.dbt;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Python environment with what tests and the demo need, such as a real dbt. It is made once for each list of requirements and Python
 * version and lies in the user's cache folder; a mark says that it is whole, a lock that only one makes it.
 */
public final class DbtVenv {
    private static final List<String> PYTHONS =
            List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10", "python");
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private DbtVenv() {}

    /**
     * Gives the folder of the environment, and makes it if it is not there.
     *
     * @param requirements pip's list
     * @param progress is told what takes long
     * @throws IOException with one sentence that says what is missing
     */
    public static Path obtain(Path requirements, Consumer<String> progress) throws IOException, InterruptedException {
        Python python = python();
        Path cache = Files.createDirectories(cacheFolder());
        Path venv = cache.resolve("venv-" + key(Files.readString(requirements) + python.version()));
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(venv.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path whole = venv.resolve("whole");
            if (!lock.isValid() || !Files.exists(whole)) {
                progress.accept("Installing " + requirements + " into " + venv + " (once, a minute or two)");
                delete(venv);
                run(
                        "The Python environment " + venv + " cannot be made",
                        python.program(),
                        "-m",
                        "venv",
                        venv.toString());
                run(
                        requirements + " cannot be installed",
                        DbtEnvironment.venv(venv.toString()).python(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "-r",
                        requirements.toString());
                Files.createFile(whole);
            }
        }
        return venv;
    }

    private record Python(String program, String version) {}

    /** The first Python that dbt-core before 1.12 supports and that can make environments. */
    private static Python python() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        boolean noVenv = false;
        for (String program : PYTHONS) {
            Result version = start(program, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])");
            if (version.status() != 0) {
                continue;
            }
            String number = version.output().strip();
            found.add(number);
            if (number.matches("3\\.1[0-3]\\..*")) {
                if (start(program, "-c", "import venv, ensurepip").status() == 0) {
                    return new Python(program, number);
                }
                noVenv = true;
            }
        }
        throw new IOException(
                noVenv
                        ? "Python has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)."
                        : "Python 3.10, 3.11, 3.12 or 3.13 with the venv module is needed; "
                                + (found.isEmpty()
                                        ? "there is no python3 on the PATH."
                                        : "there is only " + found + "."));
    }

    private record Result(int status, String output) {}

    private static void run(String problem, String... command) throws IOException, InterruptedException {
        Result result = start(command);
        if (result.status() != 0) {
            List<String> lines =
                    result.output().lines().filter(l -> !l.isBlank()).toList();
            throw new IOException(
                    problem + ": " + (lines.isEmpty() ? "status " + result.status() : lines.get(lines.size() - 1)));
        }
    }

    private static Result start(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream in = process.getInputStream()) {
                String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output);
            }
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
    }

    private static Path cacheFolder() {
        String cache = System.getenv(WINDOWS ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("dbt-slim-deployments");
    }

    private static String key(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
