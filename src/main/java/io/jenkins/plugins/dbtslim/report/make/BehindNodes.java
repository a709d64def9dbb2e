package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.manifest.Macro;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which nodes differ only because production is ahead of the branch: of the files that make them what they are,
 * production changed some since the two parted, and the branch none.
 */
final class BehindNodes {
    private final StateComparison comparison;
    private final BehindProduction behind;

    /** Of a comparison, or null where there is none. */
    BehindNodes(StateComparison comparison, BehindProduction behind) {
        this.comparison = comparison;
        this.behind = behind;
    }

    /** Whether a node that differs, or that only production has, does so only because of that. */
    boolean contains(Resource resource) {
        if (comparison == null || behind.theirs().isEmpty()) {
            return false;
        }
        Set<String> files = files(resource);
        return files.stream().anyMatch(behind.theirs()::contains)
                && files.stream().noneMatch(behind.own()::contains);
    }

    private Set<String> files(Resource resource) {
        Resource now = comparison.current().resource(resource.uniqueId());
        Stream<String> own = Stream.of(now, comparison.state().resource(resource.uniqueId()))
                .filter(Objects::nonNull)
                .filter(version -> isOfProject(version.packageName()))
                .flatMap(version -> Stream.of(version.originalFilePath(), version.patchPath()));
        Stream<String> macros = now == null
                ? Stream.of()
                : comparison.changedMacros(now).stream()
                        .flatMap(id -> Stream.of(comparison.current(), comparison.state())
                                .map(manifest -> manifest.macros().get(id)))
                        .filter(Objects::nonNull)
                        .filter(macro -> isOfProject(macro.packageName()))
                        .map(Macro::originalFilePath);
        return Stream.concat(own, macros)
                .filter(Objects::nonNull)
                .map(file -> file.replace('\\', '/'))
                .collect(Collectors.toSet());
    }

    /** Files of packages are not the checkout's. */
    private boolean isOfProject(String name) {
        Manifest current = comparison.current();
        String project = current.metadata().projectName();
        return project == null || project.equals(name);
    }
}
