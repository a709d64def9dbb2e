package io.jenkins.plugins.dbtslim.bench;

import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.DbtVenv;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * All measurements of reading and selecting, as one table: JMH in one JVM, sizes in a small heap, and whole processes
 * against {@code dbt ls} on a project that both read. Arguments: the build folder, the number of models of the project
 * (0: without dbt), and twice sizes as {@link SizeBenchmark} takes them, with blanks between: those that show how time
 * grows, and those that must fit into a small heap.
 */
public final class Benchmarks {
    private static final int PAIR_MODELS = 2500;
    private static final int PROCESS_RUNS = 5;
    private static final String TURNS = "60";

    /** Room for the names of 100,000 nodes, twice. */
    private static final String GROWTH_HEAP = "-Xmx512m";

    private static final String SMALL_HEAP = "-Xmx256m";

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Benchmarks() {}

    /** Runs all and prints the table at the end. */
    public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
        Path build = Path.of(args[0]).toAbsolutePath();
        Path folder = build.resolve("bench");
        List<String> table = new ArrayList<>();
        reading(folder.resolve("pair"), table);
        java(
                folder,
                GROWTH_HEAP,
                PairRounds.class,
                List.of(folder.resolve("pair").toString(), TURNS));
        sizes(folder, GROWTH_HEAP, args[2]);
        sizes(folder, SMALL_HEAP, args[3]);
        if (!args[1].equals("0")) {
            processes(folder, build.resolve("dbt-slim.jar"), Integer.parseInt(args[1]), table);
        }
        table.forEach(System.out::println);
    }

    private static void sizes(Path folder, String heap, String sizes) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(folder.resolve("sizes").toString()));
        arguments.addAll(List.of(sizes.split(" ")));
        java(folder, heap, SizeBenchmark.class, arguments);
    }

    private static void java(Path folder, String heap, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(JAVA, heap, "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        run(folder, command, Map.of(), true);
    }

    private static void reading(Path folder, List<String> table) throws IOException, RunnerException {
        new BigManifest(PAIR_MODELS, 0).write(folder.resolve("state.json"));
        new BigManifest(PAIR_MODELS, 50).write(folder.resolve("current.json"));
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ReaderBenchmark.class.getName())
                        .param("folder", folder.toString())
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(8)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run();
        Map<String, Double> scores = new LinkedHashMap<>();
        results.forEach(result -> scores.put(
                result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore()));
        double bare = scores.get("bareScan");
        table.add("Reading and comparing a pair of " + 4 * PAIR_MODELS + " nodes each, warm JVM");
        scores.forEach((name, score) -> table.add(String.format("  %-44s %9.1f ms  %6.2f", name, score, score / bare)));
    }

    private static void processes(Path folder, Path jar, int models, List<String> table)
            throws IOException, InterruptedException {
        Path venv = DbtVenv.obtain(Path.of("src/demo/requirements.txt"), System.out::println);
        String dbt = Path.of(DbtEnvironment.venv(venv.toString()).python())
                .resolveSibling("dbt")
                .toString();
        Map<String, String> environment =
                Map.of("DBT_PROFILES_DIR", ".", "DBT_SEND_ANONYMOUS_USAGE_STATS", "false", "DBT_USE_COLORS", "false");
        Path before = new BigProject(models, 0).write(folder.resolve("project-before"));
        Path now = new BigProject(models, 50).write(folder.resolve("project-now"));
        run(before, List.of(dbt, "--quiet", "parse"), environment, true);
        Path state = before.resolve("target");
        List<String> dbtLs = List.of(
                dbt,
                "--quiet",
                "ls",
                "--select",
                "state:modified+",
                "--state",
                state.toString(),
                "--output",
                "json",
                "--output-keys",
                "unique_id");
        List<String> slim = List.of(
                JAVA,
                "-jar",
                jar.toString(),
                "ls",
                "--select",
                "state:modified+",
                "--state",
                state.toString(),
                "--manifest",
                "target/manifest.json");
        List<String> file =
                new ArrayList<>(List.of(jar.resolveSibling("dbt-slim").toString()));
        file.addAll(slim.subList(3, slim.size()));
        Path parsed = now.resolve("target/partial_parse.msgpack");
        double[][] seconds = new double[4][PROCESS_RUNS];
        for (int i = 0; i < PROCESS_RUNS; i++) {
            Files.deleteIfExists(parsed);
            seconds[0][i] = run(now, dbtLs, environment, false);
            seconds[1][i] = run(now, dbtLs, environment, false);
            seconds[2][i] = run(now, slim, environment, false);
            seconds[3][i] = run(now, file, environment, false);
        }
        String[] names = {"dbt ls, full parse", "dbt ls, partial parse", "java -jar dbt-slim.jar ls", "dbt-slim ls"};
        double ours = median(seconds[2]);
        table.add("Selecting state:modified+ of " + models + " models, whole processes");
        for (int i = 0; i < names.length; i++) {
            table.add(
                    String.format("  %-44s %9.2f s   %6.1f", names[i], median(seconds[i]), median(seconds[i]) / ours));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Runs a command to its end; its output goes to ours or to a file. Gives the seconds that it took. */
    private static double run(Path folder, List<String> command, Map<String, String> environment, boolean show)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        File log = folder.resolve("output.txt").toFile();
        builder.redirectErrorStream(true)
                .redirectOutput(show ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.to(log));
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ", see " + log);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
