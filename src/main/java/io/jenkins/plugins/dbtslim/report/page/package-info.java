/**
 * The page of a report with its sections and tables, for a server or as a file, and the lines and lists about a run on
 * other pages.
 */
package io.jenkins.plugins.dbtslim.report.page;
