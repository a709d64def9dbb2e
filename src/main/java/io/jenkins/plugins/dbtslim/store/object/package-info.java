/**
 * The store that is reached by HTTP, whichever it is: requests that the side with the keys signs, and what agents do with
 * them. What one kind of store has of its own lies in a room of its own.
 */
package io.jenkins.plugins.dbtslim.store.object;
