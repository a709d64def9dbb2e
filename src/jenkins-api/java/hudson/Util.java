package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.List;

/** Signature of Jenkins' small helpers. */
public class Util {
    public @NonNull static <T> List<T> filter(@NonNull Iterable<?> base, @NonNull Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static String encode(@NonNull String s) {
        throw new UnsupportedOperationException();
    }

    /** Works. */
    public @Nullable static String escape(@CheckForNull String text) {
        return text == null
                ? null
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#039;");
    }

    public @CheckForNull static String fixEmptyAndTrim(@CheckForNull String s) {
        throw new UnsupportedOperationException();
    }

    public static boolean isSafeToRedirectTo(@NonNull String uri) {
        throw new UnsupportedOperationException();
    }
}
