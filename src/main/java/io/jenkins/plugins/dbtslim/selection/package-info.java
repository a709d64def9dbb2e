/**
 * dbt's node selection: the grammar, the graph operators, the methods and the four modes of indirect selection.
 */
package io.jenkins.plugins.dbtslim.selection;
