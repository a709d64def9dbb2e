/** What a report says: nodes, reasons, numbers, and where all is from. It knows no file and no page. */
package io.jenkins.plugins.dbtslim.report.data;
