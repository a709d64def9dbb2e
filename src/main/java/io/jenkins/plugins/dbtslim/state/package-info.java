/**
 * Compares two manifests as dbt's {@code state:} selectors do, and keeps the reason for each difference.
 */
package io.jenkins.plugins.dbtslim.state;
