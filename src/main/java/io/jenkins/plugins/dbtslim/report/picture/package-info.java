/** Lineage, timeline and trend: what is drawn where, and the SVG of it. */
package io.jenkins.plugins.dbtslim.report.picture;
