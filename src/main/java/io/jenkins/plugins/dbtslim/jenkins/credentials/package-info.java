/** Finds stored credentials, and keeps their secrets out of logs. */
package io.jenkins.plugins.dbtslim.jenkins.credentials;
