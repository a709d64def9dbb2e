/** What Azure Blob Storage has of its own: shared access signatures, its headers, what its errors mean. */
package io.jenkins.plugins.dbtslim.store.azure;
