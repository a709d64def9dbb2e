package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a day of slim builds costs a controller, as one table: {@code mvn -Pblackbox verify -Dit.test=LoadBench}. {@code
 * -Dload.jobs=…} jobs, half of them Pipelines, have {@code -Dload.builds=…} builds between them, {@code -Dload.lanes=…}
 * live at a time, each with a reader on its pages; then one job keeps {@code -Dload.kept=…} builds. dbt is the stand-in,
 * and the kept builds are copies of those that ran, because what is measured is the controller. On a Jenkins of its own
 * with the built-in node: others' work counts too.
 */
class LoadBench {
    private static final int JOBS = Integer.getInteger("load.jobs", 200);
    private static final int BUILDS = Integer.getInteger("load.builds", 1_000);
    private static final int LANES = Integer.getInteger("load.lanes", 5);
    private static final int KEPT = Integer.getInteger("load.kept", 5_000);
    private static final int FEW = 50;
    private static final int ROUNDS = 15;
    private static final double FLAT = 1.1;
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";

    @RegisterExtension
    final Site site = new Site();

    private int started;

    /** What the controller's Java holds after a collection, with and without what it may forget, and its CPU so far. */
    private record Cost(double heapMb, double heldMb, double classesMb, long threads, long files, double cpuSeconds) {
        double cpuSince(Cost before, int builds) {
            return (cpuSeconds - before.cpuSeconds) / builds;
        }
    }

    /**
     * Jenkins keeps builds that were read as long as there is memory (soft references): filling it is how to tell them
     * from a leak.
     */
    private Cost cost() {
        String[] numbers = site.script("""
                        import java.lang.management.*
                        def used = { 3.times { System.gc(); Thread.sleep(500) }
                            ManagementFactory.memoryMXBean.heapMemoryUsage.used }
                        def os = ManagementFactory.operatingSystemMXBean
                        def cpu = os.processCpuTime
                        def heap = used()
                        def all = []
                        try { while (true) { all << new byte[8 << 20] } } catch (OutOfMemoryError e) { all = null }
                        print([heap, used(), ManagementFactory.memoryMXBean.nonHeapMemoryUsage.used,
                            ManagementFactory.threadMXBean.threadCount, os.openFileDescriptorCount, cpu].join(' '))
                        """).trim().split(" ", -1);
        return new Cost(
                Long.parseLong(numbers[0]) / 1e6,
                Long.parseLong(numbers[1]) / 1e6,
                Long.parseLong(numbers[2]) / 1e6,
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]),
                Long.parseLong(numbers[5]) / 1e9);
    }

    private Job job(int number, String uri) {
        String name = "load-" + number;
        String fetch = "<from>" + uri + "</from>" + site.s3Xml(Site.name("s3"));
        return number % 2 == 0
                ? site.freestyle(
                        name,
                        SampleProject.changed().shell(),
                        step("fetch.FetchStep", fetch),
                        step("slimbuild.SlimBuildStep", "<dbt>bin/dbt</dbt>"))
                : site.pipeline(
                        name,
                        "node {\n" + SampleProject.changed().shellStep() + "dbtFetchManifest(from: '" + uri + "'"
                                + site.s3Options(Site.name("s3")) + ")\ndbtSlimBuild(" + SampleProject.stub()
                                + ")\n}\n");
    }

    private static String step(String type, String options) {
        String element = TYPE + type + "_-FreestyleBuilder";
        return "<" + element + "><options>" + options + "</options></" + element + ">";
    }

    private String production() throws InterruptedException {
        String uri = Site.uri("load");
        site.pipeline(
                        "production",
                        "node {\n" + new SampleProject().shellStep() + site.fetchNothing() + "dbtSlimBuild("
                                + SampleProject.stub() + ")\ndbtPublishManifest(to: '" + uri + "'"
                                + site.s3Options(Site.name("s3")) + ")\n}\n")
                .run()
                .assertResult("SUCCESS");
        return uri;
    }

    @Test
    void measure() throws Exception {
        site.during(
                "def j = Jenkins.get(); j.numExecutors = Math.max(j.numExecutors, " + LANES + ")",
                "Jenkins.get().save()");
        String uri = production();
        List<Job> jobs = new ArrayList<>();
        for (int number = 0; number < JOBS; number++) {
            jobs.add(job(number, uri));
        }
        run(jobs, Math.max(JOBS, BUILDS / 5)); // what is loaded and compiled once
        int quarter = BUILDS / 4;
        Cost start = cost();
        run(jobs, quarter);
        Cost first = cost();
        run(jobs, BUILDS - 2 * quarter);
        Cost third = cost();
        run(jobs, quarter);
        Cost end = cost();
        row("", "start", "after " + BUILDS + " builds of " + JOBS + " jobs");
        row("heap after a collection, MB", start.heapMb(), end.heapMb());
        row("the same when memory had been short, MB", start.heldMb(), end.heldMb());
        row("classes and compiled code, MB", start.classesMb(), end.classesMb());
        row("threads", start.threads(), end.threads());
        row("open files", start.files(), end.files());
        double early = first.cpuSince(start, quarter);
        double late = end.cpuSince(third, quarter);
        row("CPU for a build, first and last quarter, s", early, late);
        kept(jobs.get(0));
        assertThat(end.heldMb()).as("heap").isLessThan(start.heldMb() * FLAT);
        assertThat((double) end.threads()).as("threads").isLessThan(start.threads() * FLAT);
        assertThat((double) end.files()).as("open files").isLessThan(start.files() * FLAT);
        assertThat(late).as("CPU for a build").isLessThan(early * FLAT);
    }

    private void kept(Job read) {
        row("bytes of a build on disk", "", disk(read));
        keep(read, FEW);
        List<Long> few = pages(read);
        Cost before = cost();
        keep(read, KEPT);
        List<Long> cold = times(read, 1);
        List<Long> many = pages(read);
        Cost after = cost();
        row("milliseconds of a page", FEW + " builds", KEPT + " builds (first time)");
        List<String> names = List.of("job", "trend", "trend api/json", "build", "report");
        for (int i = 0; i < names.size(); i++) {
            row(names.get(i), few.get(i), many.get(i) + " (" + cold.get(i) + ")");
        }
        row("heap after a collection, MB", before.heapMb(), after.heapMb());
        row("the same when memory had been short, MB", before.heldMb(), after.heldMb());
    }

    /** So many builds, each of the job whose turn it is, in as many lanes as there are. */
    private void run(List<Job> jobs, int builds) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < builds; i++) {
                Job job = jobs.get(started++ % jobs.size());
                all.add(lanes.submit(() -> {
                    one(job);
                    return null;
                }));
            }
            for (Future<?> build : all) {
                build.get();
            }
        } finally {
            lanes.shutdownNow();
        }
    }

    /** A build, and somebody who looks at it while it runs and reads its report and the job's trend afterwards. */
    private void one(Job job) throws InterruptedException {
        Build build = job.start();
        site.jenkins().get(build.path() + "/").good();
        build.await(Duration.ofMinutes(10)).assertResult("SUCCESS");
        build.reportPage("dbt-slim");
        site.jenkins().get(job.path() + "/").good();
        site.jenkins().get(job.path() + "/dbt-slim/").good();
    }

    /** Copies the last build until the job has so many. */
    private void keep(Job job, int builds) {
        String copied = site.script("def job = Jenkins.get().getItemByFullName('" + job.name() + "')\n"
                + "def last = job.lastBuild; def folder = last.rootDir\n"
                + "for (int n = last.number + 1; n <= " + builds + "; n++) {\n"
                + "  org.apache.commons.io.FileUtils.copyDirectory(folder, new File(folder.parentFile, '' + n))\n}\n"
                + "job.updateNextBuildNumber(" + builds + " + 1); job.save()\n"
                + "job.doReload()\nprint Jenkins.get().getItemByFullName(job.fullName).lastBuild.number");
        assertThat(copied.strip()).isEqualTo(String.valueOf(builds));
    }

    private static List<String> paths(Job job) {
        String last = job.path() + "/lastBuild";
        return List.of(
                job.path() + "/",
                job.path() + "/dbt-slim/",
                job.path() + "/dbt-slim/api/json",
                last + "/",
                last + "/dbt-slim/");
    }

    /** Median milliseconds of each page. */
    private List<Long> pages(Job job) {
        times(job, 3);
        return times(job, ROUNDS);
    }

    private List<Long> times(Job job, int rounds) {
        List<Long> medians = new ArrayList<>();
        for (String path : paths(job)) {
            long[] millis = new long[rounds];
            for (int i = 0; i < rounds; i++) {
                long since = System.nanoTime();
                site.jenkins().get(path).good();
                millis[i] = (System.nanoTime() - since) / 1_000_000;
            }
            Arrays.sort(millis);
            medians.add(millis[rounds / 2]);
        }
        return medians;
    }

    /** Bytes of a kept build, of which are ours. */
    private String disk(Job job) {
        return site.script("def dir = Jenkins.get().getItemByFullName('" + job.name() + "').lastBuild.rootDir\n"
                        + "def size = { f -> def sum = 0; f.eachFileRecurse(groovy.io.FileType.FILES) { sum += it.length() }; sum }\n"
                        + "print size(dir) + ' of which ' + size(new File(dir, 'dbt-slim'))")
                .strip();
    }

    private static void row(String name, Object first, Object second) {
        System.out.printf(Locale.ROOT, "%-45s %16s %30s%n", name, text(first), text(second));
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : value.toString();
    }
}
