package hudson.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Signature of a stream that is changed line by line; it works, for the same reason as {@link hudson.FilePath}. */
public abstract class LineTransformationOutputStream extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    protected abstract void eol(byte[] b, int len) throws IOException;

    public void write(int b) throws IOException {
        line.write(b);
        if (b == '\n') {
            flushLine();
        }
    }

    public void write(byte[] b, int off, int len) throws IOException {
        for (int i = off; i < off + len; i++) {
            write(b[i]);
        }
    }

    public void close() throws IOException {
        flushLine();
    }

    private void flushLine() throws IOException {
        if (line.size() > 0) {
            byte[] bytes = line.toByteArray();
            line.reset();
            eol(bytes, bytes.length);
        }
    }

    /** Signature of a line stream that writes to another. */
    public abstract static class Delegating extends LineTransformationOutputStream {
        protected final OutputStream out;

        protected Delegating(OutputStream out) {
            this.out = out;
        }

        public void flush() throws IOException {
            out.flush();
        }

        public void close() throws IOException {
            super.close();
            out.close();
        }
    }
}
