package io.jenkins.plugins.dbtslim.report.picture;

/** Where the parts of a picture lead to: the page that shows it knows. */
public interface NodeLinks {
    /**
     * Link to a node.
     *
     * @param number of the node in the report
     */
    String link(int number, String id);

    /** Link to the nodes of a folder. */
    String folderLink(String folder);
}
