/**
 * The side of the store that has keys: resolves credentials and signs requests with the AWS SDK. Nothing here travels
 * to an agent.
 */
package io.jenkins.plugins.dbtslim.store.aws;
