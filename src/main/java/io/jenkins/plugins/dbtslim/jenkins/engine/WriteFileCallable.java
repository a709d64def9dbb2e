package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.io.AtomicFile;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Writes a small file of a workspace, whole or not at all. */
final class WriteFileCallable extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final byte[] content;

    WriteFileCallable(String path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        AtomicFile.write(workspace.toPath().resolve(path), out -> out.write(content));
        return null;
    }
}
