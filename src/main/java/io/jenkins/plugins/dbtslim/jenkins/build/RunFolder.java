package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folder of one run on the agent: {@code <workspace>@tmp/dbt-slim/<build>/<id>}. It is not in the workspace, so that
 * no checkout and no archive sees it; a later build in the same workspace removes it.
 */
final class RunFolder {
    /** What the driver keeps, below the folder. */
    static final String KEPT = "kept";

    private RunFolder() {}

    static FilePath of(FilePath workspace, int build, String id) {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        FilePath base = temporary == null ? workspace.child(".dbt-slim") : temporary.child("dbt-slim");
        return base.child(Integer.toString(build)).child(id);
    }

    /** Deletes a folder with all in it; links are deleted and not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
