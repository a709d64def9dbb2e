/**
 * The report of a slim build: its data, its file format and its pictures (HTML, SVG, JSON, JUnit XML).
 */
package io.jenkins.plugins.dbtslim.report;
