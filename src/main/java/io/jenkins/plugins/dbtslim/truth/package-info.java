/**
 * Which nodes of a run are production now: makes the manifest that is published, true node by node, so that every dbt
 * that compares with it finds what production has not got yet, and nothing else.
 */
package io.jenkins.plugins.dbtslim.truth;
