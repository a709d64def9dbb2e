/**
 * The Jenkins plugin: a thin front door that wires the rooms together as steps, build steps, pages and forms.
 */
package io.jenkins.plugins.dbtslim.jenkins;
