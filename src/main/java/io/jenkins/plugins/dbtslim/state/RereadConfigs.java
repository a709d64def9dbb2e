package io.jenkins.plugins.dbtslim.state;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestTexts;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.state.jinja.ConfigCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A state of another dbt version keeps the arguments of {@code config()} in another form. dbt 1.12, with the flag
 * {@value StateOptions#COMPARE_MORE_UNRENDERED} on, reads them again from the code; older versions do not.
 */
final class RereadConfigs {
    private static final int SINCE = 12;
    private static final List<List<String>> BUILT_IN_TESTS =
            List.of(List.of("macro.dbt.test_not_null"), List.of("macro.dbt.test_unique"));

    private RereadConfigs() {}

    static OldConfigs of(Manifest state, Rules rules) throws ManifestException {
        boolean needed = rules.minor() >= SINCE
                && !rules.fusion()
                && rules.compareUnrendered()
                && !rules.dbtVersion().equals(state.metadata().dbtVersion());
        if (!needed) {
            return new OldConfigs(Map.of());
        }
        Map<String, Map<String, Object>> again = new HashMap<>();
        ManifestTexts.visit(state.file(), id -> applies(state.resource(id)), text -> {
            if (text.rawCode() == null) {
                return;
            }
            Map<String, Object> arguments = ConfigCall.arguments(text.rawCode());
            if (!arguments.isEmpty()) {
                Map<String, Object> config =
                        new LinkedHashMap<>(state.resource(text.uniqueId()).unrenderedConfig());
                config.putAll(arguments);
                again.put(text.uniqueId(), config);
            }
        });
        return new OldConfigs(again);
    }

    private static boolean applies(Resource node) {
        return node != null
                && node.section() == Section.NODES
                && !node.unrenderedConfig().isEmpty()
                && !("test".equals(node.resourceType()) && BUILT_IN_TESTS.contains(node.dependsOnMacros()));
    }
}
