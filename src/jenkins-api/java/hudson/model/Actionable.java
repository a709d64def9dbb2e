package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Signature of what has actions; it holds them, for the same reason as {@link hudson.FilePath}. */
public abstract class Actionable {
    private final transient List<Action> held = new CopyOnWriteArrayList<>();

    public @NonNull final List<? extends Action> getAllActions() {
        return held;
    }

    public @NonNull <T extends Action> List<T> getActions(Class<T> type) {
        return held.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public void addAction(@NonNull Action a) {
        held.add(a);
    }

    public boolean addOrReplaceAction(@NonNull Action a) {
        held.removeIf(other -> other.getClass() == a.getClass());
        return held.add(a);
    }

    public <T extends Action> T getAction(Class<T> type) {
        return getActions(type).stream().findFirst().orElse(null);
    }
}
