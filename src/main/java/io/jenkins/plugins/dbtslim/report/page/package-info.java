/** The report as HTML: sections and tables of one page, in Jenkins and as a file that stands alone. */
package io.jenkins.plugins.dbtslim.report.page;
