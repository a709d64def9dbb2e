package io.jenkins.plugins.dbtslim.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is there as a whole or not at all: written beside its destination as {@code .<name>.<process>-<random>.part}, and
 * renamed when it is complete. Until then what lay there stays as it was. A destination that is a link is replaced and
 * not followed, because in a workspace it is the project that says where links lead.
 */
public final class AtomicFile implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(AtomicFile.class.getName());

    private static final String SENT = "sent";

    /** No writer leaves its file alone for so long: a transfer is given up much earlier. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Path destination;
    private final Path temporary;

    private AtomicFile(Path destination, Path temporary) {
        this.destination = destination;
        this.temporary = temporary;
    }

    /** Writes the bytes of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of them; the stream is closed by who gave it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes the folder and an empty file beside it, and removes what killed writers of it left there.
     * Unlike the JDK's temporary files it has the rights of any new file, because others may have to read it later.
     */
    public static AtomicFile of(Path destination) throws IOException {
        Path absolute = destination.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            throw new FileSystemException(absolute.toString(), null, "a folder lies there: name a file in it.");
        }
        Path folder = absolute.resolveSibling("");
        Files.createDirectories(folder);
        removeLeftBehind(folder, String.valueOf(absolute.getFileName()));
        String name =
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + "-" + random() + ".part";
        return new AtomicFile(absolute, Files.createFile(folder.resolve(name)));
    }

    /** Writes a file whole. A device or a pipe, such as /dev/null, gets the bytes and stays what it is. */
    public static void write(Path destination, Content content) throws IOException {
        if (isDevice(destination)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(destination))) {
                content.writeTo(out);
            }
            return;
        }
        try (AtomicFile file = of(destination)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.temporary))) {
                content.writeTo(out);
            }
            file.commit();
        }
    }

    /** Fails, with what it would fail with later, where no file can be written. */
    public static void check(Path destination) throws IOException {
        if (!isDevice(destination)) {
            of(destination).close();
        }
    }

    private static boolean isDevice(Path destination) {
        try {
            return Files.readAttributes(destination, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        } catch (IOException e) {
            return false; // there is none, or nobody may tell
        }
    }

    /** Where the content is to be written. */
    public Path temporary() {
        return temporary;
    }

    /** Puts the content into place, at once as far as the file system can. */
    public void commit() throws IOException {
        try {
            Files.move(temporary, destination, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, destination, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        FileErrors.deleteQuietly(temporary);
    }

    /** A name for a copy that another machine sends to lie beside it until it is checked. */
    public static String sentTo(String destination) {
        return destination + "." + SENT + "-" + random() + ".part";
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static void removeLeftBehind(Path folder, String name) {
        Pattern ours = Pattern.compile(
                "\\.?" + Pattern.quote(name) + "\\.(?:(\\d{1,18}|" + SENT + ")-)?[0-9a-f]{16}\\.part(?:\\.json)?");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher match = ours.matcher(String.valueOf(file.getFileName()));
                if (match.matches() && (hasEnded(match.group(1)) || isForgotten(file))) {
                    FileErrors.deleteQuietly(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot look for files left behind in " + folder);
        }
    }

    private static boolean hasEnded(String writer) {
        return writer == null
                || (!writer.equals(SENT)
                        && ProcessHandle.of(Long.parseLong(writer)).isEmpty());
    }

    private static boolean isForgotten(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(Instant.now().minus(FORGOTTEN));
    }
}
