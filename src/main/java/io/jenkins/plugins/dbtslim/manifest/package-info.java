/**
 * Reads dbt's {@code manifest.json}: one streaming pass into an index of resources with a fingerprint for each aspect
 * that dbt compares, and a second, targeted pass for the texts of chosen resources.
 */
package io.jenkins.plugins.dbtslim.manifest;
