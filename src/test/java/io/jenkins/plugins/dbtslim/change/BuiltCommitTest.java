package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit of a build is one that the code host has. */
class BuiltCommitTest {
    @TempDir
    Path folder;

    @Test
    void aMergeThatTheServerMadeIsOfTheChangeRequestsHead() throws Exception {
        assertThat(BuiltCommit.of(folder, true)).isNull();
        git("init", "-q", "-b", "main");
        commit("a");
        git("branch", "change");
        String main = commit("b");
        git("checkout", "-q", "change");
        String head = commit("c");
        assertThat(BuiltCommit.of(folder, true)).isEqualTo(head);

        git("checkout", "-q", "--detach");
        git("merge", "-q", main);
        String merge = git("rev-parse", "HEAD");
        assertThat(BuiltCommit.of(folder, true)).isEqualTo(head);
        assertThat(BuiltCommit.of(folder, false)).isEqualTo(merge);

        git("checkout", "-q", "main");
        git("merge", "-q", "--no-ff", "-m", "Merge pull request 'c' (#7) from change into main", "change");
        assertThat(BuiltCommit.of(folder, true)).isEqualTo(git("rev-parse", "HEAD"));
    }

    /** A folder of the checkout may hold a repository of its own as plain files, with settings that run programs. */
    @Test
    void nothingThatAFolderOfTheCheckoutNamesIsRun() throws Exception {
        Path mark = folder.resolve("mark");
        Path program = folder.resolve("program.sh");
        Files.writeString(program, "#!/bin/sh\ntouch '" + mark + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        git("init", "-q", "-b", "main");
        String tree = git("write-tree");
        Path signed = folder.resolve("signed");
        Files.writeString(
                signed,
                "tree " + tree + "\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n"
                        + "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nx\n");
        git("update-ref", "refs/heads/main", git("hash-object", "-t", "commit", "-w", signed.toString()));
        git("config", "log.showSignature", "true");
        git("config", "gpg.program", program.toString());
        git("log", "-1");
        assertThat(mark).as("what git would run").exists();
        Files.delete(mark);

        assertThat(BuiltCommit.of(folder, false)).isEqualTo(git("rev-parse", "main"));
        assertThat(mark).doesNotExist();
        Path inside = folder.resolve("project");
        Files.move(folder.resolve(".git"), inside);
        assertThat(BuiltCommit.of(inside, false))
                .as("a repository that is a folder of the checkout")
                .isNull();
        assertThat(mark).doesNotExist();
    }

    private String commit(String file) throws Exception {
        Files.writeString(folder.resolve(file), file);
        git("add", "-A");
        git("commit", "-qm", file);
        return git("rev-parse", "HEAD");
    }

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=ci", "-c", "user.email=ci@example.org"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
