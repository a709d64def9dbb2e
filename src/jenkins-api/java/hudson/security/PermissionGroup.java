package hudson.security;

import java.util.Iterator;

/** Signature of a group of permissions. */
public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {
    public Iterator<Permission> iterator() {
        throw new UnsupportedOperationException();
    }

    public int compareTo(PermissionGroup that) {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }
}
