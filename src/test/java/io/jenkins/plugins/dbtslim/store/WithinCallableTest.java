package io.jenkins.plugins.dbtslim.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout brings links: no file of ours is written where they lead. */
class WithinCallableTest {
    @TempDir
    Path folder;

    private Path workspace;
    private Path other;

    @BeforeEach
    void makeFolders() throws IOException {
        other = Files.createDirectories(folder.resolve("other/target"));
        Path real = Files.createDirectories(folder.resolve("real"));
        workspace = Files.createSymbolicLink(folder.resolve("workspace"), real);
        Files.createDirectories(workspace.resolve("inside"));
    }

    private void check(String path) throws UserException {
        new WithinCallable(workspace.toString(), workspace.resolve(path).toString(), "to").run(line -> {});
    }

    @Test
    void whatLeadsOutIsRefused() throws IOException {
        Files.createSymbolicLink(workspace.resolve(".dbt-state"), other);
        Files.createSymbolicLink(workspace.resolve("gone"), folder.resolve("nowhere"));
        for (String path : new String[] {".dbt-state/manifest.json", ".dbt-state/new/manifest.json"}) {
            assertThatThrownBy(() -> check(path))
                    .hasMessage("to leads out of the workspace by a link: " + workspace.resolve(".dbt-state") + " is "
                            + other.toRealPath()
                            + ". Take the link out of the repository, or name the folder by its own"
                            + " path.");
        }
        assertThatThrownBy(() -> check("gone/manifest.json")).hasMessageStartingWith("to leads out of the workspace");
    }

    @Test
    void whatStaysInsideAndWhatWasNamedAsElsewhereIsFine() throws IOException {
        Files.createSymbolicLink(workspace.resolve("here"), workspace.resolve("inside"));
        for (String path : new String[] {
            "manifest.json",
            "here/manifest.json",
            "new/state/manifest.json",
            "../other/target/manifest.json",
            other.resolve("manifest.json").toString()
        }) {
            assertThatCode(() -> check(path)).as(path).doesNotThrowAnyException();
        }
    }

    /** A step may be the first that wants a workspace: nothing that could lead anywhere is there yet. */
    @Test
    void aWorkspaceThatIsNotThereYetIsFine() {
        String workspace = folder.resolve("next").toString();
        assertThatCode(() ->
                        new WithinCallable(workspace, workspace + "/.dbt-state/manifest.json", "to").run(line -> {}))
                .doesNotThrowAnyException();
    }
}
