package io.jenkins.plugins.dbtslim.manifest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to give more than a number of bytes: a small gzip file can hold a very big manifest. */
final class LimitedStream extends FilterInputStream {
    private final long limit;
    private long count;
    private long marked;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        if (c >= 0) {
            count(1);
        }
        return c;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public synchronized void mark(int ahead) {
        in.mark(ahead);
        marked = count;
    }

    @Override
    public synchronized void reset() throws IOException {
        in.reset();
        count = marked;
    }

    private void count(int bytes) throws ManifestException {
        count += bytes;
        if (count > limit) {
            throw new ManifestException("is larger than the limit of " + limit + " bytes");
        }
    }
}
