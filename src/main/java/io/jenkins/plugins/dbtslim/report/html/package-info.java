/** Safe HTML and SVG, and the words and symbols in which reports speak. */
package io.jenkins.plugins.dbtslim.report.html;
