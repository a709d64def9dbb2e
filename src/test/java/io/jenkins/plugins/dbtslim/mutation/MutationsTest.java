package io.jenkins.plugins.dbtslim.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.data.ReportNode;
import io.jenkins.plugins.dbtslim.report.data.ReportSource;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.export.JsonReport;
import io.jenkins.plugins.dbtslim.report.export.MarkdownSummary;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import io.jenkins.plugins.dbtslim.report.page.HtmlOptions;
import io.jenkins.plugins.dbtslim.report.page.HtmlReport;
import io.jenkins.plugins.dbtslim.report.page.PageQuery;
import io.jenkins.plugins.dbtslim.report.page.SampleReports;
import io.jenkins.plugins.dbtslim.selection.OracleCorpus;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.truth.ProductionManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Manifests, results and report files come from checkouts and agents: whatever is in them ends in a report or in a sentence
 * of ours, within seconds and without a control character or a script on a page. Another exception is told with its seed;
 * {@code -Dmutations.seed=<seed> -Dmutations=1} does that round alone.
 */
class MutationsTest {
    private static final long SEED = Long.getLong("mutations.seed", 18_000_000);
    private static final int MANIFESTS = 100;
    private static final String[] SELECT = {
        "state:modified+",
        "state:new",
        "state:old",
        "1+state:modified+2",
        "@state:modified",
        "tag:x+",
        "path:models",
        "fqn:*",
        "*",
        "+exposure:*",
        "source:*+",
        "test_type:unit",
        "resource_type:model",
        "config.materialized:view",
        "state:modified.body state:modified.configs",
        "package:*",
        "group:*",
        "access:public",
        "version:latest",
        "file:*.sql"
    };
    private static final String[] QUERIES = {null, "find=a", "run-sort=-time", "changes=2&tests=1"};

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private final List<Map<String, Object>> manifests = new ArrayList<>();
    private final Map<String, byte[]> report = new LinkedHashMap<>();
    private Path kept;
    private Path state;

    @BeforeEach
    void samples() throws IOException {
        kept = Files.createDirectories(folder.resolve("kept"));
        state = folder.resolve("state.json");
        List<String> recorded = OracleCorpus.of("1.12").manifests();
        for (int i = 0; i < MANIFESTS; i++) {
            Map<String, Object> manifest = JsonMutation.object(parsed(recorded.get(i * 7 % recorded.size())));
            new JsonMutation(new Random(i)).thin(manifest);
            manifests.add(manifest);
        }
        Path sample = folder.resolve("sample.zip");
        SlimReportFile.write(sample, SampleReports.shop());
        try (InputStream in = Files.newInputStream(sample);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                report.put(entry.getName(), zip.readAllBytes());
            }
        }
    }

    @Test
    void someEndInAReportOrASentence() throws Exception {
        run(Integer.getInteger("mutations", 400));
    }

    @Test
    @Tag("long")
    void aMillionEndInAReportOrASentence() throws Exception {
        run(Integer.getInteger("mutations", 1_000_000));
    }

    /** Each ended in an exception once. */
    @ParameterizedTest
    @ValueSource(longs = {18_010_660, 18_150_019, 18_209_148, 18_737_630})
    void whatLongRunsFoundEndsSoToo(long seed) throws Exception {
        assertThat(end(new Random(seed))).isNotBlank();
    }

    /** One thread does all rounds; that it is at another one within two minutes is watched. */
    private void run(int rounds) throws Exception {
        AtomicInteger round = new AtomicInteger();
        Thread worker = new Thread(
                () -> {
                    for (; round.get() < rounds; round.incrementAndGet()) {
                        round(round.get());
                    }
                },
                "mutations");
        worker.setDaemon(true);
        worker.start();
        for (int before = -1; worker.isAlive(); before = round.get()) {
            worker.join(TimeUnit.MINUTES.toMillis(2));
            assertThat(worker.isAlive() && round.get() == before)
                    .as("hangs at seed %d", SEED + before)
                    .isFalse();
        }
        System.out.println(rounds + " mutations from seed " + SEED + ": " + outcomes);
        assertThat(round).hasValue(rounds);
        assertThat(faults).isEmpty();
        assertThat(outcomes).containsKey("report");
    }

    private void round(int round) {
        long seed = SEED + round;
        String outcome;
        try {
            outcome = end(new Random(seed));
        } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
            outcome = "fault";
            note(e, seed);
        }
        outcomes.merge(outcome, 1, Integer::sum);
        if ((round + 1) % 50_000 == 0) {
            System.out.println((round + 1) + " mutations from seed " + SEED + ": " + outcomes + " " + faults);
        }
    }

    /** The same fault is told once. */
    private void note(Throwable fault, long seed) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        StringBuilder where = new StringBuilder(cause.getClass().getName());
        for (StackTraceElement line : cause.getStackTrace()) {
            if (line.getClassName().contains("dbtslim") && where.length() < 200) {
                where.append(" < ").append(line);
            }
        }
        String message = String.valueOf(cause.getMessage());
        faults.putIfAbsent(
                where.toString(), "seed " + seed + ": " + message.substring(0, Math.min(200, message.length())));
    }

    private String end(Random random) throws Exception {
        try {
            if (random.nextInt(6) == 0) {
                reportFile(random);
            } else {
                run(random);
            }
            return "report";
        } catch (UserException e) {
            assertThat(e.getMessage()).isNotBlank();
            return e.getClass().getSimpleName();
        }
    }

    /** What an agent does with what a run kept. */
    private void run(Random random) throws IOException {
        JsonMutation mutation = new JsonMutation(random);
        write(mutation, random);
        DbtOutcome outcome = DbtOutcome.read(kept);
        RunFacts facts = new RunFacts(List.of(any(random, SELECT)), List.of(), null, false);
        BuiltReport made = RunReport.of(outcome, random.nextInt(12) == 0 ? null : state, facts, text -> text);
        switch (random.nextInt(6)) {
            case 0, 1 -> page(made);
            case 2 -> {
                Path file = folder.resolve("report.zip");
                SlimReportFile.write(file, made);
                read(file, random);
            }
            case 3 ->
                new ProductionManifest(kept.resolve("manifest.json"), RunRecord.read(kept))
                        .former(state)
                        .write(folder.resolve("published.json"));
            case 4 -> select(random);
            default -> new MarkdownSummary(made.report(), true).text();
        }
    }

    private void write(JsonMutation mutation, Random random) throws IOException {
        Map<String, Object> now = copy(manifests.get(random.nextInt(MANIFESTS)));
        Map<String, Object> before = copy(random.nextInt(3) == 0 ? manifests.get(random.nextInt(MANIFESTS)) : now);
        int which = random.nextInt(5);
        if (which != 0) {
            mutation.change(now);
        }
        if (which == 0 || which == 4) {
            mutation.change(before);
        }
        Files.write(state, mutation.bytes(before, random.nextInt(20) == 0));
        Files.write(kept.resolve("manifest.json"), mutation.bytes(now, random.nextInt(12) == 0));
        Files.deleteIfExists(kept.resolve("run_results.json"));
        if (random.nextInt(3) == 0) {
            Object results = results(now, random);
            for (int i = 0; i < random.nextInt(6); i++) {
                mutation.changeSomewhere(results);
            }
            Files.write(kept.resolve("run_results.json"), mutation.bytes(results, random.nextInt(10) == 0));
        }
        Object outcome = parsed("{\"status\":\"SUCCESS\",\"selected\":[\"model.shop.orders\"],\"flags\":{\"a\":true},"
                + "\"operations\":[{\"macro\":\"m\",\"status\":\"success\",\"seconds\":1.5}],\"seconds\":{\"total\":2},"
                + "\"messages\":[{\"level\":\"warn\",\"event\":\"NothingToDo\",\"text\":\"t\"}],\"interrupted\":"
                + "[{\"id\":\"model.shop.orders\",\"started\":\"2026-11-30T10:00:00Z\",\"seconds\":1}]}");
        if (random.nextInt(5) == 0) {
            mutation.changeSomewhere(outcome);
        }
        Files.write(kept.resolve("outcome.json"), mutation.bytes(outcome, random.nextInt(40) == 0));
    }

    private static Map<String, Object> copy(Map<String, Object> manifest) {
        return JsonMutation.object(JsonMutation.copy(manifest));
    }

    private static Map<String, Object> results(Map<String, Object> manifest, Random random) {
        List<Object> results = new ArrayList<>();
        for (String id : JsonMutation.object(manifest.get("nodes")).keySet()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("unique_id", id);
            result.put(
                    "status",
                    any(random, "success", "error", "skipped", "pass", "fail", "warn", "no-op", "partial success"));
            result.put("execution_time", random.nextDouble());
            result.put("thread_id", "Thread-" + random.nextInt(4));
            result.put("message", "m");
            result.put("failures", random.nextInt(3));
            result.put("adapter_response", new LinkedHashMap<>(Map.of("rows_affected", 3)));
            Map<String, Object> timing = new LinkedHashMap<>();
            timing.put("name", "execute");
            timing.put("started_at", "2026-11-30T10:00:00.000000Z");
            timing.put("completed_at", "2026-11-30T10:00:01.000000Z");
            result.put("timing", new ArrayList<>(List.of(timing)));
            results.add(result);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/run-results/v6.json");
        metadata.put("dbt_version", "1.12.6");
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("metadata", metadata);
        all.put("results", results);
        all.put("elapsed_time", 3.5);
        all.put("args", new LinkedHashMap<>());
        return all;
    }

    private void select(Random random) throws IOException {
        ManifestPair pair = ManifestPair.read(state, kept.resolve("manifest.json"));
        Manifest current = pair.current();
        StateComparison comparison = StateComparison.compare(pair.state(), current, StateOptions.defaults());
        Selection.select(current, StateInput.of(comparison), SelectionRequest.of(any(random, SELECT)))
                .ids();
    }

    /** What a controller does with a report that an agent sent. */
    private void reportFile(Random random) throws IOException {
        JsonMutation mutation = new JsonMutation(random);
        Path file = folder.resolve("sent.zip");
        String changed = any(random, report.keySet().toArray(String[]::new));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : report.entrySet()) {
                byte[] content = entry.getValue();
                if (entry.getKey().equals(changed)) {
                    Object tree = parsed(new String(content, StandardCharsets.UTF_8));
                    for (int i = 0; i < random.nextInt(5); i++) {
                        mutation.changeSomewhere(tree);
                    }
                    content = mutation.bytes(tree, random.nextInt(4) == 0);
                } else if (random.nextInt(40) == 0) {
                    continue;
                }
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(content);
                zip.closeEntry();
            }
        }
        if (random.nextInt(6) == 0) {
            Files.write(file, mutation.damaged(Files.readAllBytes(file)));
        }
        read(file, random);
    }

    private static void read(Path file, Random random) throws IOException {
        try (SlimReportFile source = SlimReportFile.open(file)) {
            StringBuilder page = new StringBuilder();
            HtmlReport html = new HtmlReport(source, HtmlOptions.served(true, PageQuery.of(any(random, QUERIES))));
            html.fragment(page);
            List<ReportNode> nodes = source.report().nodes();
            for (ReportNode node : nodes.subList(0, Math.min(5, nodes.size()))) {
                html.node(node.id(), page);
            }
            source.lastSeconds();
            check(page);
            new MarkdownSummary(source.report(), true).text();
            JUnitReport.write(OutputStream.nullOutputStream(), source.report());
            JsonReport.write(OutputStream.nullOutputStream(), source);
        }
    }

    private static void page(ReportSource made) throws IOException {
        StringBuilder page = new StringBuilder();
        new HtmlReport(made, HtmlOptions.standalone()).page(page);
        check(page);
    }

    private static void check(CharSequence page) {
        assertThat(page.toString()).doesNotContain("<script>alert");
        boolean steers = page.chars()
                .anyMatch(c -> (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7f || c == 0x202e);
        assertThat(steers).as("a raw control character on the page").isFalse();
    }

    private Object parsed(String text) throws IOException {
        return json.readValue(text, Object.class);
    }

    private static String any(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
