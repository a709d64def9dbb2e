/**
 * What a report says: nodes, reasons, counts, texts, and where all is from; with the few rules that belong to these
 * alone. It knows no file and no page.
 */
package io.jenkins.plugins.dbtslim.report.data;
