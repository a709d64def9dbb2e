package io.jenkins.plugins.dbtslim.store;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Looks before a file is written into a workspace that no link leads it elsewhere: links come with the checkout, and so from
 * whoever made a change request. A path that was named as one elsewhere is its author's affair.
 *
 * @param workspace absolute path
 * @param file absolute path of what is to be written
 * @param option that names it, for the sentence
 */
public record WithinCallable(String workspace, String file, String option) implements AgentCallable<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean run(Consumer<String> log) throws UserException {
        Path base = Path.of(workspace).normalize();
        Path there = Path.of(file).normalize().getParent();
        if (there == null || !there.startsWith(base)) {
            return false;
        }
        if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
            return true; // nothing was checked out yet: a fetch may be the first step
        }
        while (!there.equals(base) && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        Path real = real(there);
        if (real == null || !real.startsWith(real(base))) {
            throw new UserException(option + " leads out of the workspace by a link: " + there + " is "
                    + (real == null ? "nowhere" : real)
                    + ". Take the link out of the repository, or name the folder by its own path.");
        }
        return true;
    }

    /** Null where it leads nowhere. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }
}
