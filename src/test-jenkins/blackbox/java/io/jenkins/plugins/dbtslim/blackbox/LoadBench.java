package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What slim builds cost a controller, as one table: {@code mvn -Pblackbox verify -Dit.test=LoadBench}, with {@code
 * -Dload.builds=…} that run, {@code -Dload.lanes=…} of them at a time with readers on the pages, and {@code
 * -Dload.kept=…} builds of one job that are kept. dbt is the stand-in, and the kept builds are copies of those that ran,
 * because what is measured is the controller. On a Jenkins of its own with the built-in node: others' work counts too.
 */
class LoadBench {
    private static final int BUILDS = Integer.getInteger("load.builds", 200);
    private static final int LANES = Integer.getInteger("load.lanes", 5);
    private static final int KEPT = Integer.getInteger("load.kept", 5_000);
    private static final int FEW = 50;
    private static final int ROUNDS = 15;
    private static final String TYPE = "io.jenkins.plugins.dbtslim.jenkins.step.";

    @RegisterExtension
    final Site site = new Site();

    /** What the controller's Java holds after a collection, and the CPU that it took so far. */
    private record Cost(double heapMb, long threads, long files, double cpuSeconds) {}

    private Cost cost() {
        String[] numbers = site.script("import java.lang.management.*\n"
                        + "3.times { System.gc(); Thread.sleep(500) }\n"
                        + "def os = ManagementFactory.operatingSystemMXBean\n"
                        + "print([ManagementFactory.memoryMXBean.heapMemoryUsage.used,"
                        + " ManagementFactory.threadMXBean.threadCount, os.openFileDescriptorCount,"
                        + " os.processCpuTime].join(' '))")
                .trim()
                .split(" ", -1);
        return new Cost(
                Long.parseLong(numbers[0]) / 1e6,
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]) / 1e9);
    }

    private Job job(int lane) {
        return site.freestyle(
                "load-" + lane,
                new SampleProject().shell(),
                "<" + TYPE + "fetch.FetchStep_-FreestyleBuilder><options><from>" + Site.uri("never")
                        + "</from><ifMissing>fullBuild</ifMissing>" + site.s3Xml(site.s3Credentials()) + "</options></"
                        + TYPE + "fetch.FetchStep_-FreestyleBuilder>",
                "<" + TYPE + "slimbuild.SlimBuildStep_-FreestyleBuilder><options><dbt>bin/dbt</dbt></options></" + TYPE
                        + "slimbuild.SlimBuildStep_-FreestyleBuilder>");
    }

    @Test
    void measure() throws Exception {
        List<Job> jobs = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            jobs.add(job(lane));
        }
        run(jobs, LANES); // what is loaded once
        Cost start = cost();
        run(jobs, BUILDS / 2);
        Cost half = cost();
        run(jobs, BUILDS / 2);
        Cost end = cost();
        Job read = jobs.get(0);
        keep(read, FEW);
        List<Long> few = pages(read);
        Cost before = cost();
        keep(read, KEPT);
        List<Long> cold = times(read, 1);
        List<Long> many = pages(read);
        Cost after = cost();
        fillMemory();
        Cost full = cost();
        row("", "start", "after " + BUILDS + " builds");
        row("heap after a collection, MB", start.heapMb(), end.heapMb());
        row("threads", start.threads(), end.threads());
        row("open files", start.files(), end.files());
        row("CPU for a build, first and last half, s", perBuild(start, half), perBuild(half, end));
        row("bytes of a build on disk", "", disk(read));
        row("milliseconds of a page", FEW + " builds", KEPT + " builds (first time)");
        List<String> names = List.of("job", "trend", "trend api/json", "build", "report");
        for (int i = 0; i < names.size(); i++) {
            row(names.get(i), few.get(i), many.get(i) + " (" + cold.get(i) + ")");
        }
        row("heap after a collection, MB", before.heapMb(), after.heapMb());
        row("the same, when memory had been short", "", full.heapMb());
        assertThat(end.threads()).as("threads at the end").isLessThan(start.threads() + 10);
        assertThat(end.files()).as("files at the end").isLessThan(start.files() + 20);
    }

    /** Each lane has a build at work, while somebody reads its pages. */
    private void run(List<Job> jobs, int builds) throws InterruptedException {
        for (int done = 0; done < builds; done += jobs.size()) {
            List<Build> running = new ArrayList<>();
            for (Job job : jobs) {
                running.add(job.start());
            }
            for (Build build : running) {
                build.await(Duration.ofMinutes(10)).assertResult("SUCCESS");
                build.reportPage("dbt-slim");
                site.jenkins().get(build.job().path() + "/").good();
            }
        }
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

    private static double perBuild(Cost from, Cost to) {
        return (to.cpuSeconds() - from.cpuSeconds()) / (BUILDS / 2);
    }

    /** Jenkins keeps builds that were read as long as there is memory (soft references): this is how to tell them from a leak. */
    private void fillMemory() {
        site.script(
                "def all = []\ntry { while (true) { all << new byte[8 << 20] } } catch (OutOfMemoryError e) { all = null }");
    }

    private static void row(String name, Object first, Object second) {
        System.out.printf(Locale.ROOT, "%-40s %16s %24s%n", name, text(first), text(second));
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : value.toString();
    }
}
