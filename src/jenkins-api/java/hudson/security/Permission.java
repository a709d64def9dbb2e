package hudson.security;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.jvnet.localizer.Localizable;

/** Signature of a permission. */
public final class Permission {
    public @NonNull final Class owner = null;
    public @NonNull final PermissionGroup group = null;
    public @NonNull final String name = null;
    public @CheckForNull final Localizable description = null;

    public @NonNull String getId() {
        throw new UnsupportedOperationException();
    }

    public static final Permission READ = null;
    public static final Permission WRITE = null;
    public static final Permission CREATE = null;
    public static final Permission UPDATE = null;
    public static final Permission DELETE = null;
    public static final Permission CONFIGURE = null;
}
