package io.jenkins.plugins.dbtslim.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionException;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A pair of manifests: read and compared, against a bare scan of its tokens (Jackson as it comes, on the files, nothing
 * looked at) by one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReaderBenchmark {
    private static final JsonFactory BARE = new JsonFactory();

    /** Folder with state.json and current.json. */
    @Param("")
    public String folder;

    private Path state;
    private Path current;

    @Setup
    public void files() {
        state = Path.of(folder, "state.json");
        current = Path.of(folder, "current.json");
    }

    @Benchmark
    public long bareScan() throws IOException {
        return scan(state) + scan(current);
    }

    @Benchmark
    public int oneThread() throws IOException, SelectionException {
        return select(ManifestReader.read(state), ManifestReader.read(current));
    }

    @Benchmark
    public int sideBySide() throws IOException, SelectionException {
        ManifestPair pair = ManifestPair.read(state, current);
        return select(pair.state(), pair.current());
    }

    private static long scan(Path file) throws IOException {
        long tokens = 0;
        try (JsonParser parser = BARE.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private static int select(Manifest state, Manifest current) throws IOException, SelectionException {
        StateComparison comparison = StateComparison.compare(state, current, StateOptions.defaults());
        return Selection.select(current, StateInput.of(comparison), SelectionRequest.of("state:modified+"))
                .ids()
                .size();
    }
}
