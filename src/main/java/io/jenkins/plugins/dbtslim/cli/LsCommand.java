package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestPair;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.RunArtifacts;
import io.jenkins.plugins.dbtslim.selection.IndirectSelection;
import io.jenkins.plugins.dbtslim.selection.Selection;
import io.jenkins.plugins.dbtslim.selection.SelectionException;
import io.jenkins.plugins.dbtslim.selection.SelectionRequest;
import io.jenkins.plugins.dbtslim.selection.SelectionResult;
import io.jenkins.plugins.dbtslim.selection.StateInput;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dbt-slim ls}: prints what {@code dbt ls} would select, from the manifests alone. */
@Command(
        name = "ls",
        description = "Lists what dbt ls would list, from the manifests alone.",
        footer = {
            "",
            "Example:",
            "  dbt-slim ls --state .dbt-state --manifest target/manifest.json \\",
            "    --select state:modified+"
        })
final class LsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "DIR|FILE",
            description = "State to compare with: a manifest, or a folder with manifest.json and, for result: and"
                    + " source_status:, run_results.json and sources.json.")
    Path state;

    @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "Manifest of the project now.")
    Path manifest;

    @Option(
            names = {"--select", "-s"},
            paramLabel = "EXPR",
            arity = "1..*",
            description = "What to select; several are united.")
    List<String> select = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "EXPR", arity = "1..*", description = "What to leave out.")
    List<String> exclude = new ArrayList<>();

    @Option(
            names = "--resource-type",
            paramLabel = "TYPE",
            arity = "1..*",
            description = "Only these types; all and default are some.")
    List<String> resourceTypes = new ArrayList<>();

    @Option(names = "--exclude-resource-type", paramLabel = "TYPE", arity = "1..*", description = "Not these types.")
    List<String> excludedResourceTypes = new ArrayList<>();

    @Option(
            names = "--indirect-selection",
            paramLabel = "MODE",
            description = "Which tests join: eager, cautious, buildable or empty; default: eager.")
    String indirectSelection = "eager";

    @Option(names = "--selector", paramLabel = "NAME", description = "A YAML selector of the manifest.")
    String selector;

    @Option(
            names = "--flag",
            paramLabel = "NAME=true|false",
            description = "A behaviour flag of the project, such as " + StateOptions.COMPARE_MORE_UNRENDERED
                    + "; default: that of the dbt version.")
    Map<String, String> flags = new LinkedHashMap<>();

    @Option(
            names = "--dbt-version",
            paramLabel = "VERSION",
            description = "dbt whose rules apply; default: that of the manifest.")
    String dbtVersion;

    @Option(
            names = "--output",
            paramLabel = "ids|json",
            description = "One unique_id a line (default), or one JSON object a line.")
    String output = "ids";

    @Override
    public Integer call() throws IOException, SelectionException {
        try (Heartbeat heartbeat =
                Heartbeat.during("Reading the manifests", spec.commandLine().getErr()::println)) {
            return work();
        }
    }

    private int work() throws IOException, SelectionException {
        if (!output.equals("ids") && !output.equals("json")) {
            throw new UserException("--output is ids or json, not " + output + ".");
        }
        if (selector != null && !(select.isEmpty() && exclude.isEmpty())) {
            spec.commandLine().getErr().println("warning: beside --selector, dbt ignores --select and --exclude");
        }
        SelectionRequest request = new SelectionRequest(
                select,
                exclude,
                resourceTypes,
                excludedResourceTypes,
                IndirectSelection.of(indirectSelection),
                selector);
        StateOptions options = options();
        StateInput input = StateInput.NONE;
        Manifest current;
        if (state == null) {
            current = ManifestReader.read(Manifests.current(manifest));
        } else {
            ManifestPair pair = ManifestPair.read(Manifests.existingState(state), Manifests.current(manifest));
            current = pair.current();
            input = input(StateComparison.compare(pair.state(), current, options));
        }
        SelectionResult result = Selection.select(current, input, request);
        print(current, result);
        return 0;
    }

    private StateOptions options() throws UserException {
        Map<String, Boolean> parsed = new LinkedHashMap<>();
        for (Map.Entry<String, String> flag : flags.entrySet()) {
            switch (flag.getValue()) {
                case "true", "True" -> parsed.put(flag.getKey(), true);
                case "false", "False" -> parsed.put(flag.getKey(), false);
                default ->
                    throw new UserException(
                            "--flag " + flag.getKey() + " is true or false, not " + flag.getValue() + ".");
            }
        }
        return Manifests.options(dbtVersion, parsed);
    }

    private StateInput input(StateComparison comparison) throws ManifestException {
        Path results = stateFile(Artifacts.RUN_RESULTS);
        Path before = stateFile("sources.json");
        Path now = manifest.resolveSibling("sources.json");
        boolean folder = Files.isDirectory(state);
        return new StateInput(
                comparison,
                folder && Files.exists(results) ? RunArtifacts.statuses(results) : null,
                folder && Files.exists(before) ? RunArtifacts.loadedAt(before) : null,
                Files.exists(now) ? RunArtifacts.loadedAt(now) : null);
    }

    private Path stateFile(String name) {
        return Files.isDirectory(state) ? state.resolve(name) : state;
    }

    private void print(Manifest current, SelectionResult result) {
        PrintWriter err = spec.commandLine().getErr();
        result.warnings().forEach(warning -> err.println(VisibleText.line("warning: " + warning)));
        PrintWriter out = spec.commandLine().getOut();
        StringBuilder lines = new StringBuilder();
        for (String id : result.ids()) {
            lines.append(output.equals("ids") ? VisibleText.line(id) : json(current.resource(id), result.path(id)))
                    .append('\n');
        }
        out.print(lines);
        out.flush();
    }

    private static String json(Resource resource, List<String> path) {
        return VisibleText.json("{\"unique_id\":" + quoted(resource.uniqueId())
                + ",\"resource_type\":" + quoted(resource.resourceType())
                + ",\"name\":" + quoted(resource.name())
                + ",\"package_name\":" + quoted(resource.packageName())
                + ",\"original_file_path\":" + quoted(resource.originalFilePath())
                + ",\"selected_through\":["
                + String.join(",", path.stream().map(LsCommand::quoted).toList()) + "]}");
    }

    private static String quoted(String text) {
        return text == null
                ? "null"
                : '"'
                        + new String(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance()
                                .quoteAsString(text))
                        + '"';
    }
}
