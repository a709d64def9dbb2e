package io.jenkins.plugins.dbtslim.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes no more than so many bytes from a sender that is not believed, and knows afterwards whether there were more. */
public final class LimitedOutput extends FilterOutputStream {
    private final long limit;
    private long taken;
    private boolean exceeded;

    public LimitedOutput(OutputStream out, long limit) {
        super(out);
        this.limit = limit;
    }

    /** Whether the sender had more; what was taken is then not the whole. */
    public boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void write(int one) throws IOException {
        require(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        require(length);
        out.write(bytes, offset, length);
    }

    private void require(int length) throws IOException {
        taken += length;
        if (taken > limit) {
            exceeded = true;
            throw new IOException("more than " + limit + " bytes");
        }
    }
}
