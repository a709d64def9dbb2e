package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a pull request or an agent makes as big as it can leaves the controller (best with {@code -Xmx512m}) at work for
 * everybody else: its page of log-in answers within two seconds throughout, or within ten times of what it took before
 * where the machine is slow.
 */
class BombsIT {
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";
    private static final int READERS = 5;

    @RegisterExtension
    final Site site = new Site();

    @Test
    void aReportThatUnpacksToTooMuchIsRefusedAtEveryView() throws Exception {
        Build build = built("bomb-report", ":");
        for (String entry : List.of("nodes", "lineage")) {
            site.script("import java.util.zip.*\n"
                    + "def file = new File(Jenkins.get().getItemByFullName('"
                    + build.job().name()
                    + "').lastBuild.rootDir, 'dbt-slim/dbt-slim.zip')\nassert file.isFile()\n"
                    + "file.withOutputStream { out -> def zip = new ZipOutputStream(out)\n"
                    + "  def put = { name, text -> zip.putNextEntry(new ZipEntry(name)); zip << text }\n"
                    + "  put('report.json', '{\"format\":1,\"project\":\"p\",\"outcome\":\"success\",\"run\":{},"
                    + "\"saved\":{},\"counts\":{}}')\n"
                    + ("nodes".equals(entry)
                            ? "  put('nodes.json', '[')\n"
                            : "  put('nodes.json', '[]'); put('lineage.json', '{\"x\":[')\n")
                    + "  def much = ('{},' * 4096).bytes; 5000.times { zip.write(much) }\n"
                    + "  zip.close() }\nprint file.length()");
            slowestLogin(() -> {
                atOnce(() -> site.jenkins().get(build.path() + "/dbt-slim/").status());
                atOnce(() -> site.jenkins().get(build.path() + "/").status());
                return null;
            });
            if ("nodes".equals(entry)) {
                assertThat(site.jenkins().get(build.path() + "/dbt-slim/").good())
                        .contains("The report of this build cannot be shown: its file is damaged at nodes.json");
            }
        }
        assertThat(site.jenkins().get(build.path() + "/").good()).contains("dbt Slim Report");
    }

    @Test
    void aLineWithoutEndInTheLogOfAFreestyleBuildGoesByInPieces() throws Exception {
        slowestLogin(() -> built("bomb-line", "head -c 700000000 /dev/zero | tr '\\0' x"));
    }

    /** Of production's it is not said that nothing differs from it. */
    @Test
    void aManifestThatIsNestedWithoutEndIsRefused() throws Exception {
        slowestLogin(() -> {
            Build build = site.freestyle(
                            "bomb-depth",
                            new SampleProject().shell(),
                            shell("mkdir -p .dbt-state\n"
                                    + "head -c 50000000 /dev/zero | tr '\\0' '[' > .dbt-state/manifest.json\n"),
                            slimBuild("<state>.dbt-state</state>"))
                    .run()
                    .assertResult("FAILURE")
                    .assertNoStackTrace();
            assertThat(build.console()).doesNotContain("Against production");
            return null;
        });
    }

    /** Where dbt's build prints something before its own lines. */
    private Build built(String name, String print) throws InterruptedException {
        return site.freestyle(
                        name,
                        new SampleProject()
                                .with(
                                        "bin/first",
                                        "#!/bin/sh\ncase \" $* \" in *\" build \"*) " + print
                                                + " ;; esac\nexec \"${0%/*}/real\" \"$@\"\n")
                                .shell(),
                        shell("mv bin/dbt bin/real\nmv bin/first bin/dbt\nchmod +x bin/dbt bin/real\n"),
                        "<" + TYPE + "fetch.FetchStep_-FreestyleBuilder><options><from>" + Site.uri("never")
                                + "</from><ifMissing>fullBuild</ifMissing>" + site.s3Xml(site.s3Credentials())
                                + "</options></" + TYPE + "fetch.FetchStep_-FreestyleBuilder>",
                        slimBuild(""))
                .run()
                .assertResult("SUCCESS");
    }

    private static String shell(String commands) {
        return "<hudson.tasks.Shell><command>" + Site.xml("#!/bin/sh -e\n" + commands)
                + "</command></hudson.tasks.Shell>";
    }

    private static String slimBuild(String options) {
        return "<" + TYPE + "slimbuild.SlimBuildStep_-FreestyleBuilder><options><dbt>bin/dbt</dbt>" + options
                + "</options></" + TYPE + "slimbuild.SlimBuildStep_-FreestyleBuilder>";
    }

    private void slowestLogin(Callable<?> bomb) throws Exception {
        Jenkins nobody = Jenkins.anonymous();
        long usual = 0;
        for (int i = 0; i < 10; i++) {
            usual = Math.max(usual, millis(nobody));
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong slowest = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                slowest.accumulateAndGet(millis(nobody), Math::max);
            }
        });
        reader.start();
        try {
            bomb.call();
        } finally {
            over.set(true);
            reader.join();
        }
        System.out.println("/login: " + usual + " ms before, " + slowest + " ms at most");
        assertThat(slowest.get()).isLessThanOrEqualTo(Math.max(2_000, 10 * usual));
    }

    private static long millis(Jenkins nobody) {
        long since = System.nanoTime();
        nobody.get("/login").good();
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static void atOnce(Callable<?> what) throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                all.add(readers.submit(what));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            readers.shutdownNow();
        }
    }
}
