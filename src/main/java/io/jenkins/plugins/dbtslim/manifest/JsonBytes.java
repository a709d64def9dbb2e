package io.jenkins.plugins.dbtslim.manifest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A window that moves over a stream of bytes. Positions count from the start of the window; whoever passes the
 * {@link #limit} calls {@link #fill}, which moves the window on and gives the position anew. What lies behind a
 * {@link #mark} stays in the window, which grows for it within the limits.
 */
abstract class JsonBytes {
    /** Bytes that the window has at least. */
    static final int SIZE = 1 << 16;

    final ReadLimits limits;
    private final InputStream in;
    byte[] bytes = new byte[SIZE];
    /** The same bytes, eight at a time with the first one lowest. */
    ByteBuffer words = words(bytes);
    /** Position after the last byte in the window. */
    int limit;
    /** Position of the first byte that must stay in the window, or -1. */
    int mark = -1;

    private long passed;
    private int lastRead;

    JsonBytes(InputStream in, ReadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Offset in the (unpacked) file of a position in the window. */
    final long offset(int at) {
        return passed + at;
    }

    /** Gets at least one byte more when all are used up; gives the new position of the first of them. */
    final int fill() throws IOException {
        if (!more()) {
            throw new ManifestException(
                    "is cut off at byte " + offset(limit) + ": its end is missing; fetch or write it again");
        }
        return limit - lastRead;
    }

    /** The byte behind this one, or a blank in its place at the end of the stream, where nothing but a number may end. */
    final int nextOrBlank(int at) throws IOException {
        if (at + 1 < limit) {
            return at + 1;
        }
        if (more()) {
            return limit - lastRead;
        }
        bytes[limit] = ' ';
        return limit;
    }

    /** Like {@link #fill}, and false at the end of the stream; then the window has room behind its {@link #limit}. */
    final boolean more() throws IOException {
        int from = mark < 0 ? limit : mark;
        int kept = limit - from;
        if (kept == bytes.length) {
            grow();
        } else if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, kept);
            passed += from;
            limit = kept;
            mark = mark < 0 ? -1 : 0;
        }
        lastRead = read();
        limit += lastRead;
        if (offset(limit) > limits.fileBytes()) {
            throw new ManifestException("is larger than the limit of " + limits.fileBytes() + " bytes"
                    + ReadLimits.raise(ReadLimits.FILE_BYTES));
        }
        return lastRead > 0;
    }

    private int read() throws IOException {
        try {
            return Math.max(0, in.read(bytes, limit, bytes.length - limit));
        } catch (EOFException cutOffGzip) {
            return 0;
        }
    }

    private void grow() throws ManifestException {
        if (bytes.length >= limits.valueBytes()) {
            throw new ManifestException("goes beyond a limit at byte " + offset(0) + ": one value takes more than "
                    + limits.valueBytes() + " bytes" + ReadLimits.raise(ReadLimits.VALUE_BYTES));
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, limits.valueBytes()));
        words = words(bytes);
    }

    final ManifestException invalid(int at, String what) {
        return new ManifestException("is not valid JSON at byte " + offset(at) + ": " + what);
    }
}
