/**
 * Reads dbt's {@code manifest.json}: one streaming pass into an index of resources with a fingerprint for each aspect
 * that dbt compares, and a second, targeted pass for the texts of chosen resources.
 *
 * <p>The first pass checks every byte of the file: it is JSON in UTF-8 to its end, or refused with one sentence that names
 * the file and the offset (in the unpacked file, counted from 0). The second pass ends with the last text that it looks
 * for. What a file may cost is bounded by {@link io.jenkins.plugins.dbtslim.manifest.ReadLimits}, which system properties
 * of the JVM set: {@code java -Ddbtslim.read.fileBytes=2000000000 -jar dbt-slim.jar …}.
 */
package io.jenkins.plugins.dbtslim.manifest;
