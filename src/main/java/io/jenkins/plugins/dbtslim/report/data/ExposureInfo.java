package io.jenkins.plugins.dbtslim.report.data;

/**
 * Who uses the data outside of dbt; any part may be null.
 *
 * @param type {@code dashboard}, {@code notebook}, {@code analysis}, {@code ml}, {@code application}
 * @param url where it is, as the project says: untrusted
 */
public record ExposureInfo(String type, String owner, String url, String maturity) {}
