package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * Signature of a path on the controller or on an agent. It works for this machine, so that the rooms of Jenkins run in tests
 * of the default build.
 */
public final class FilePath implements SerializableOnlyOverRemoting {
    private final File file;

    public FilePath(@CheckForNull VirtualChannel channel, @NonNull String remote) {
        this(new File(remote));
    }

    public FilePath(@NonNull File localPath) {
        file = localPath;
    }

    public FilePath(@NonNull FilePath base, @NonNull String rel) {
        this(base.child(rel).file);
    }

    public String getRemote() {
        return file.getPath();
    }

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return callable.invoke(file, null);
    }

    public @CheckForNull Computer toComputer() {
        return null;
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(file.toPath());
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        if (file.isDirectory()) {
            for (FilePath child : list()) {
                child.deleteRecursive();
            }
        }
        Files.deleteIfExists(file.toPath());
    }

    public String getName() {
        return file.getName();
    }

    public @NonNull FilePath child(String relOrAbsolute) {
        return new FilePath(file.toPath().resolve(relOrAbsolute).normalize().toFile());
    }

    public @CheckForNull FilePath getParent() {
        return file.getParentFile() == null ? null : new FilePath(file.getParentFile());
    }

    public boolean delete() throws IOException, InterruptedException {
        Files.deleteIfExists(file.toPath());
        return true;
    }

    public boolean exists() throws IOException, InterruptedException {
        return file.exists();
    }

    public long lastModified() throws IOException, InterruptedException {
        return file.lastModified();
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return file.isDirectory();
    }

    public long length() throws IOException, InterruptedException {
        return file.length();
    }

    public @NonNull List<FilePath> list() throws IOException, InterruptedException {
        List<FilePath> files = new ArrayList<>();
        File[] all = file.listFiles();
        for (File one : all == null ? new File[0] : all) {
            files.add(new FilePath(one));
        }
        return files;
    }

    public @NonNull FilePath[] list(String includes) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(file.toPath());
    }

    public OutputStream write() throws IOException, InterruptedException {
        Files.createDirectories(file.getAbsoluteFile().getParentFile().toPath());
        return Files.newOutputStream(file.toPath());
    }

    public void write(String content, String encoding) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            out.write(content.getBytes(encoding == null ? "UTF-8" : encoding));
        }
    }

    public String digest() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        try (OutputStream out = target.write()) {
            copyTo(out);
        }
    }

    public void copyTo(OutputStream os) throws IOException, InterruptedException {
        Files.copy(file.toPath(), os);
    }

    /** Signature of work that is done where the file lies. */
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }
}
