/** The store in a folder that the agent reaches. */
package io.jenkins.plugins.dbtslim.store.file;
