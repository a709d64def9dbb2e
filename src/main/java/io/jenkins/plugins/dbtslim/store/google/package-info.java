/** What Google Cloud Storage has of its own: signed URLs of HMAC keys, generations as conditions, what its errors mean. */
package io.jenkins.plugins.dbtslim.store.google;
