/** The file of a report: written whole, read by block. */
package io.jenkins.plugins.dbtslim.report.file;
