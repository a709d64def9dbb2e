/** The report for other tools: Markdown, JUnit XML, JSON. It knows the file and the words, and no page. */
package io.jenkins.plugins.dbtslim.report.export;
