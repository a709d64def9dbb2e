/** The report for other tools: Markdown, JUnit XML, JSON. */
package io.jenkins.plugins.dbtslim.report.export;
