package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch that parted from production: what only production changed since is told apart. */
class BehindProductionTest {
    @TempDir
    Path folder;

    @Test
    void whatOnlyProductionChangedIsToldApart() throws Exception {
        Path project = Files.createDirectories(folder.resolve("dbt/models")).getParent();
        git("init", "-q", "-b", "main");
        write("models/mine.sql", "1");
        write("models/theirs.sql", "1");
        write("models/both.sql", "1");
        commit();
        git("branch", "pr");
        write("models/theirs.sql", "2");
        write("models/both.sql", "2");
        write("models/new é.sql", "2");
        Files.writeString(folder.resolve("other.txt"), "not of the project");
        String production = commit();
        git("checkout", "-q", "pr");
        write("models/mine.sql", "3");
        write("models/both.sql", "3");
        String own = commit();

        assertThat(BehindProduction.of(project, production))
                .isEqualTo(new BehindProduction(
                        1,
                        Set.of("models/theirs.sql", "models/both.sql", "models/new é.sql"),
                        Set.of("models/mine.sql", "models/both.sql"),
                        null));
        assertThat(BehindProduction.of(project, own)).isEqualTo(BehindProduction.NOT);
        assertThat(BehindProduction.of(project, production).sentence())
                .isEqualTo("Production is 1 commit ahead of this branch.");
    }

    /** What git cannot tell is not taken for "up to date". */
    @Test
    void whatIsNotKnownIsSaid() throws Exception {
        Path project = Files.createDirectories(folder.resolve("dbt/models")).getParent();
        assertThat(BehindProduction.of(project, "0".repeat(40)).sentence())
                .isEqualTo("Whether production is ahead of this branch is not known: git knows no commit in " + project
                        + ".");
        git("init", "-q", "-b", "main");
        write("models/a.sql", "1");
        commit();
        String gone = "0".repeat(40);
        assertThat(BehindProduction.of(project, gone))
                .isEqualTo(new BehindProduction(
                        -1,
                        Set.of(),
                        Set.of(),
                        "production's commit " + gone + " is not in this checkout, which may have fetched this branch"
                                + " alone: have it fetch production's branch, too"));
        for (String none : new String[] {null, "--output=x"}) {
            assertThat(BehindProduction.of(project, none).unknown())
                    .isEqualTo("nobody noted the commit of production's manifest");
        }
        Path clone = folder.resolve("clone");
        write("models/a.sql", "2");
        String first = git("rev-parse", "HEAD").strip();
        commit();
        git("clone", "-q", "--depth", "1", "file://" + folder, clone.toString());
        assertThat(BehindProduction.of(clone, first).sentence())
                .contains("which has not the whole history (git fetch --unshallow gets it)");
    }

    /** They travel to the controller: a tree that repeats itself has any number of them. */
    @Test
    void moreFilesThanAProjectHasAreNotBrought() throws Exception {
        git("init", "-q", "-b", "main");
        Files.writeString(folder.resolve("a"), "");
        commit();
        String blob = git("hash-object", "-w", "a").strip();
        Path list = folder.resolve("list");
        Files.writeString(list, lines(1_001, i -> "100644 blob " + blob + "\tf" + i));
        String many = gitReading(list, "mktree").strip();
        Files.writeString(list, lines(100, i -> "040000 tree " + many + "\td" + i));
        String all = gitReading(list, "mktree").strip();
        String production = git(
                        "-c",
                        "user.name=ci",
                        "-c",
                        "user.email=ci@example.org",
                        "commit-tree",
                        "-p",
                        "HEAD",
                        "-m",
                        "x",
                        all)
                .strip();
        BehindProduction behind = BehindProduction.of(folder, production);
        assertThat(behind.theirs()).isEmpty();
        assertThat(behind.sentence())
                .isEqualTo("Whether production is ahead of this branch is not known: more than 100000 files differ.");
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve("dbt").resolve(file), text);
    }

    private String commit() throws Exception {
        git("add", "-A");
        git("-c", "user.name=ci", "-c", "user.email=ci@example.org", "commit", "-qm", "c");
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... words) throws Exception {
        return gitReading(Path.of("/dev/null"), words);
    }

    private String gitReading(Path input, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
