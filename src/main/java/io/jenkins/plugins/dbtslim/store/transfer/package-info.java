/** Moves bytes for signed requests: one exchange at a time, bounded, watched and with advice. */
package io.jenkins.plugins.dbtslim.store.transfer;
