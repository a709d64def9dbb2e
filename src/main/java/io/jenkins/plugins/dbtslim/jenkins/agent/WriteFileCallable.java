package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Writes a small file of a workspace, whole or not at all. */
@Restricted(NoExternalUse.class)
public final class WriteFileCallable extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final byte[] content;

    public WriteFileCallable(String path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        AtomicFile.write(workspace.toPath().resolve(path), out -> out.write(content));
        return null;
    }
}
