package io.jenkins.plugins.dbtslim.manifest;

/**
 * The head of a manifest: who wrote it, when, and in which format.
 *
 * @param schemaVersion number in the last part of {@code dbt_schema_version} ({@code …/manifest/v12.json} is 12)
 * @param dbtVersion {@code dbt_version}, such as {@code 1.9.11}
 * @param projectName {@code project_name}, or null in manifests of dbt before 1.6
 * @param adapterType {@code adapter_type}, such as {@code materialize}, or null
 * @param generatedAt {@code generated_at} as written (ISO 8601, UTC), or null
 * @param invocationId {@code invocation_id}, or null
 */
public record Metadata(
        int schemaVersion,
        String dbtVersion,
        String projectName,
        String adapterType,
        String generatedAt,
        String invocationId) {}
