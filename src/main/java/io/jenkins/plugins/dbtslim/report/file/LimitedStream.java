package io.jenkins.plugins.dbtslim.report.file;

import io.jenkins.plugins.dbtslim.report.data.ReportException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Ends with an error where a block of a report grows beyond any honest size. */
final class LimitedStream extends FilterInputStream {
    private final Path file;
    private long left;

    LimitedStream(InputStream in, long limit, Path file) {
        super(in);
        this.left = limit;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new ReportException(file + " has a block that is too big to be a report of dbt-slim.");
        }
    }
}
