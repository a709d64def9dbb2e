/** The store at S3 and what speaks its protocol: requests that the side with the keys signs, and what agents do with them. */
package io.jenkins.plugins.dbtslim.store.s3;
