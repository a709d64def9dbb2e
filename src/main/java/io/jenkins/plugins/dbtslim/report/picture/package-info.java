/** Lineage, timeline and trend as data with a layout, drawn as SVG. */
package io.jenkins.plugins.dbtslim.report.picture;
