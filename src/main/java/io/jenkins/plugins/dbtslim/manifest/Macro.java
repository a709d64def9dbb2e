package io.jenkins.plugins.dbtslim.manifest;

import java.util.List;

/**
 * A macro as far as the comparison needs it.
 *
 * @param uniqueId such as {@code macro.shop.cents}
 * @param packageName package that defines it
 * @param originalFilePath file that defines it, relative to its package
 * @param body fingerprint of {@code macro_sql}
 * @param trimmedBody the same without white space at both ends
 * @param dependsOn unique_ids of the macros that it calls; an entry may be null
 */
public record Macro(
        String uniqueId,
        String packageName,
        String originalFilePath,
        Fingerprint body,
        Fingerprint trimmedBody,
        List<String> dependsOn) {}
