package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signature of Jenkins' small helpers. */
public class Util {
    public @NonNull static <T> List<T> filter(@NonNull Iterable<?> base, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> List<T> filter(@NonNull List<?> base, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @Nullable static String replaceMacro(@CheckForNull String s, @NonNull Map<String, String> properties) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String[] tokenize(@NonNull String s, @CheckForNull String delimiter) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String[] tokenize(@NonNull String s) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String[] mapToEnv(@NonNull Map<String, String> m) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String getDigestOf(@NonNull InputStream source) throws IOException {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String getDigestOf(@NonNull String text) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String getDigestOf(@NonNull File file) throws IOException {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String getTimeSpanString(long duration) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> List<T> createSubList(@NonNull Collection<?> source, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String encode(@NonNull String s) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String rawEncode(@NonNull String s) {
        throw new UnsupportedOperationException();
    }

    public @Nullable static String escape(@CheckForNull String text) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String xmlEscape(@NonNull String text) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String fixNull(@CheckForNull String s) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> T fixNull(@CheckForNull T s, @NonNull T defaultValue) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static String fixEmpty(@CheckForNull String s) {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull static String fixEmptyAndTrim(@CheckForNull String s) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> List<T> fixNull(@CheckForNull List<T> l) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> Set<T> fixNull(@CheckForNull Set<T> l) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> Collection<T> fixNull(@CheckForNull Collection<T> l) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> Iterable<T> fixNull(@CheckForNull Iterable<T> l) {
        throw new UnsupportedOperationException();
    }

    public static boolean isSafeToRedirectTo(@NonNull String uri) {
        throw new UnsupportedOperationException();
    }
}
