/** What fetching and publishing share: which store, reached how, as whom, and what a build fetched. */
package io.jenkins.plugins.dbtslim.jenkins.store;
