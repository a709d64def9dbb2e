package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;
import org.springframework.security.access.AccessDeniedException;

/** Signature of what holds items. */
public interface ItemGroup<T extends Item> extends PersistenceRoot {
    String getFullName();

    Collection<T> getItems();

    String getUrl();

    @CheckForNull
    T getItem(String name) throws AccessDeniedException;

    default Iterable<Item> allItems() {
        throw new UnsupportedOperationException();
    }
}
