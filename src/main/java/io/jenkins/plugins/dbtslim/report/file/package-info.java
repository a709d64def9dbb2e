/** The report's file: written where the report is made, read by block where it is shown. It knows nothing of a page. */
package io.jenkins.plugins.dbtslim.report.file;
