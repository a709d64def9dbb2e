/** Manifests that a web server gives away, such as the dbt platform's API or a site of dbt docs: read only. */
package io.jenkins.plugins.dbtslim.store.https;
