package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The project's packages are installed where they are missing: from a folder, from a git repository, from the agent's copies. */
@Timeout(600)
class DepsIT {
    @TempDir
    Path folder;

    private DriverRun dbt;
    private Path repository;

    @BeforeEach
    void makeProject() throws Exception {
        dbt = new DriverRun(folder);
        dbt.write("models/one.sql", "select {{ pack.answer() }} as id");
        write(folder.resolve("shared/dbt_project.yml"), "{name: shared, config-version: 2}");
        write(folder.resolve("shared/macros/seven.sql"), "{% macro seven() %}7{% endmacro %}");
        repository = folder.resolve("repository");
        write(repository.resolve("dbt_project.yml"), "{name: pack, config-version: 2}");
        answer("42");
        git("init", "--quiet", "--initial-branch=main");
        commit("v1");
        answer("43");
        commit("v2");
    }

    @Test
    void aFreshWorkspaceGetsThemAndTheNextOneNeedsNoNetwork() throws Exception {
        packages("- {git: '" + repository + "', revision: v1}", "- {local: ../shared}");
        dbt.write("models/two.sql", "select {{ shared.seven() }} as id");
        String before = dbt.doctor(dbt.plan());
        assertThat(before)
                .contains("\"check\": \"packages\", \"level\": \"WARNING\", \"found\": \"dbt_packages has none");

        DbtOutcome first = dbt.run(dbt.plan());
        assertThat(first.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(first.selected()).containsExactly("model.small.one", "model.small.two");
        assertThat(first.seconds()).containsKey("deps");
        assertThat(installed("pack/macros/answer.sql")).contains("42");
        assertThat(dbt.project().resolve("dbt_packages/pack/.git")).doesNotExist();
        assertThat(dbt.doctor(dbt.plan())).contains("\"packages\", \"level\": \"OK\"");

        DbtOutcome again = dbt.run(dbt.plan());
        assertThat(again.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(again.seconds()).as("they are there").doesNotContainKey("deps");

        Files.move(repository, folder.resolve("away"));
        freshWorkspace();
        DbtOutcome fresh = dbt.run(dbt.plan());
        assertThat(fresh.status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(dbt.output()).contains("the packages are those that package-lock.yml pins");
        assertThat(installed("pack/macros/answer.sql")).contains("42");
        assertThat(installed("shared/macros/seven.sql")).contains("7");
        write(dbt.project().resolve("dbt_packages/pack/macros/answer.sql"), "{% macro answer() %}1{% endmacro %}");

        packages("- {git: '" + repository + "', revision: v2}");
        DbtOutcome other = dbt.run(dbt.plan());
        assertThat(other.status()).isEqualTo(RunStatus.ERROR);
        assertThat(other.error())
                .contains("The project's packages could not be installed: ")
                .contains("commit package-lock.yml", "set deps to never");
        assertThat(installed("pack/macros/answer.sql"))
                .as("the old ones are left")
                .contains("1");

        assertThat(dbt.run(dbt.plan().deps(Deps.never)).status())
                .as(dbt.output())
                .isEqualTo(RunStatus.SUCCESS);
    }

    @Test
    void whatIsNotWhatTheListSaysIsInstalledAnew() throws Exception {
        packages("- {git: '" + repository + "', revision: v1}");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        packages("- {git: '" + repository + "', revision: \"{{ env_var('PACK', 'v1') }}\"}");
        dbt.with("PACK", "v2");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(installed("pack/macros/answer.sql")).contains("43");
        dbt.with("PACK", "v1");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(installed("pack/macros/answer.sql")).contains("42");

        // As an image's maker leaves them: without a note of ours, but newer than the list.
        Path packages = dbt.project().resolve("dbt_packages");
        Files.delete(packages.resolve(".dbt-slim"));
        assertThat(dbt.run(dbt.plan()).seconds()).as(dbt.output()).doesNotContainKey("deps");
        Files.setLastModifiedTime(packages, FileTime.from(Instant.EPOCH));
        assertThat(dbt.run(dbt.plan()).seconds()).as(dbt.output()).containsKey("deps");
        assertThat(dbt.run(dbt.plan().deps(Deps.always)).seconds()).containsKey("deps");

        freshWorkspace();
        assertThat(dbt.run(dbt.plan().deps(Deps.never)).error()).contains("dbt deps");
        assertThat(dbt.doctor(dbt.plan().deps(Deps.never))).contains("\"packages\", \"level\": \"PROBLEM\"");
    }

    /** Of what a checkout brings along, nothing reaches another workspace by the copies. */
    @Test
    void theCopiesHoldWhatTheLockPinsAndNothingElse() throws Exception {
        packages("- {git: '" + repository + "', revision: v1}");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        String lock = Files.readString(dbt.project().resolve("package-lock.yml"));
        Path copy = onlyCopy();
        assertThat(Files.getPosixFilePermissions(copy.resolve("pack/macros/answer.sql")))
                .as("SQL that writes files cannot write these")
                .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("r--r--r--"));
        assertThat(Files.getPosixFilePermissions(copies()))
                .noneMatch(p -> p.name().matches("(GROUP|OTHERS)_.*"));

        // A checkout with packages of its own, said to be those of the lock.
        write(dbt.project().resolve("dbt_packages/pack/macros/answer.sql"), "{% macro answer() %}1{% endmacro %}");
        assertThat(dbt.run(dbt.plan()).status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(onlyCopy().resolve("pack/macros/answer.sql")).content().contains("42");

        // A lock of hand that pins a branch, under the hash of the list.
        freshWorkspace();
        String hash = lock.replaceFirst("(?s).*sha1_hash: (\\w+).*", "$1");
        dbt.write(
                "package-lock.yml",
                "packages: [{git: '" + repository + "', name: pack, revision: main}]\nsha1_hash: " + hash + "\n");
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(installed("pack/macros/answer.sql")).contains("43");
        assertThat(onlyCopy()).isEqualTo(copy);

        // Who else may write there is not asked, and neither is what a checkout brings along.
        freshWorkspace();
        dbt.write("package-lock.yml", lock);
        Files.setPosixFilePermissions(copies(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(dbt.output()).doesNotContain("pins, from the copies");
        freshWorkspace();
        Files.move(folder.resolve("cache"), dbt.project().resolve("cache"));
        Files.setPosixFilePermissions(
                dbt.project().resolve("cache/dbt-slim/packages"), PosixFilePermissions.fromString("rwx------"));
        dbt.with("XDG_CACHE_HOME", dbt.project().resolve("cache").toString()).with("HOME", folder.toString());
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        assertThat(dbt.output()).doesNotContain("pins, from the copies");
    }

    /** A package of the checkout that takes the name of one that the lock pins. */
    @Test
    void noFolderOfTheCheckoutBecomesACopyByItsName() throws Exception {
        packages("- {git: '" + repository + "', revision: v1}", "- {local: ../shared}");
        dbt.write("models/one.sql", "select 1 as id");
        assertThat(dbt.run(dbt.plan().deps(Deps.always)).status())
                .as(dbt.output())
                .isEqualTo(RunStatus.SUCCESS);
        Files.move(onlyCopy(), folder.resolve("first"));
        write(folder.resolve("shared/dbt_project.yml"), "{name: pack, config-version: 2}");
        write(folder.resolve("shared/macros/answer.sql"), "{% macro answer() %}1{% endmacro %}");
        dbt.run(dbt.plan().deps(Deps.always));
        assertThat(copies()).isEmptyDirectory();
    }

    @Test
    void aChangeRequestsListReachesNoFolderAndNoProgramOfTheAgent() throws Exception {
        Path marker = folder.resolve("marker");
        packages("- {git: '--upload-pack=touch " + marker + "', revision: v1}");
        assertThat(dbt.run(dbt.plan()).error()).contains("is no --upload-pack=touch");
        packages("- {git: '" + repository + "', revision: '--upload-pack=touch " + marker + "'}");
        assertThat(dbt.run(dbt.plan()).error()).contains("is no --upload-pack=touch");
        assertThat(marker).doesNotExist();

        packages("- {git: '" + repository + "', revision: v1}");
        Path others = Files.createDirectories(folder.resolve("others"));
        write(others.resolve("file"), "mine");
        for (String path : List.of("../others", "{{ env_var('OTHERS') }}", "link")) {
            dbt.with("OTHERS", others.toString());
            Files.deleteIfExists(dbt.project().resolve("link"));
            Files.createSymbolicLink(dbt.project().resolve("link"), others);
            dbt.write("dbt_project.yml", "name: small\nprofile: small\npackages-install-path: \"" + path + "\"\n");
            assertThat(dbt.run(dbt.plan()).error()).contains("lies outside of the project");
            assertThat(others.resolve("file")).exists();
        }
    }

    /** The token reaches dbt by its environment, and stays nowhere. */
    @Test
    void aTokenInAnAddressIsNotLeftInTheWorkspace() throws Exception {
        packages("- {git: \"file://{{ env_var('DBT_ENV_SECRET_TOKEN') }}/repository\", revision: v1}");
        dbt.with("DBT_ENV_SECRET_TOKEN", folder.toString()); // in the place of a token: a part of the address
        assertThat(dbt.run(dbt.plan()).status()).as(dbt.output()).isEqualTo(RunStatus.SUCCESS);
        try (Stream<Path> files = Files.walk(dbt.project().resolve("dbt_packages"))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(file -> file.toString()
                    .contains(".git/"));
        }
        assertThat(dbt.project().resolve("package-lock.yml")).content().doesNotContain(folder.toString());
    }

    private void freshWorkspace() throws IOException {
        Path packages = dbt.project().resolve("dbt_packages");
        if (Files.exists(packages)) {
            Files.move(packages, folder.resolve("old" + System.nanoTime()));
        }
    }

    private Path copies() {
        return folder.resolve("cache/dbt-slim/packages");
    }

    private Path onlyCopy() throws IOException {
        try (Stream<Path> all = Files.list(copies())) {
            List<Path> list = all.toList();
            assertThat(list).hasSize(1);
            return list.get(0);
        }
    }

    private void packages(String... lines) throws IOException {
        dbt.write("packages.yml", "packages:\n  " + String.join("\n  ", lines) + "\n");
    }

    private String installed(String file) throws IOException {
        return Files.readString(dbt.project().resolve("dbt_packages").resolve(file));
    }

    private void answer(String value) throws IOException {
        write(repository.resolve("macros/answer.sql"), "{% macro answer() %}" + value + "{% endmacro %}");
    }

    private void commit(String tag) throws IOException, InterruptedException {
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", tag);
        git("tag", tag);
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        Process git = new ProcessBuilder(command)
                .directory(new File(repository.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(output).isZero();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
