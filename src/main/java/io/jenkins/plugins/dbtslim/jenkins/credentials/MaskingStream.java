package io.jenkins.plugins.dbtslim.jenkins.credentials;

import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A log stream that masks secrets line by line; Jenkins' build logs are UTF-8. A line may have no end: what came of it is
 * passed on in pieces, so that no program that prints can fill the memory, and cut where no secret can be.
 */
final class MaskingStream extends OutputStream {
    private final OutputStream out;
    private final SecretMask mask;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    MaskingStream(OutputStream out, SecretMask mask) {
        this.out = out;
        this.mask = mask;
    }

    @Override
    public void write(int one) throws IOException {
        line.write(one);
        if (one == '\n') {
            pass(line.size());
        } else if (line.size() >= AgentLimits.LOG_PIECE) {
            passPiece();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n' || i - start >= AgentLimits.LOG_PIECE) {
                line.write(bytes, start, i - start);
                start = i + 1;
                write(bytes[i]);
            }
        }
        line.write(bytes, start, end - start);
        if (line.size() >= AgentLimits.LOG_PIECE) {
            passPiece();
        }
    }

    private void passPiece() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        int count = text.substring(0, mask.settled(text)).getBytes(StandardCharsets.UTF_8).length;
        // What is no UTF-8 counts otherwise as text.
        pass(Math.min(count, line.size()));
    }

    /** Passes on the first bytes of what came. */
    private void pass(int count) throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        String plain = new String(bytes, 0, count, StandardCharsets.UTF_8);
        String masked = mask.mask(plain);
        if (masked.equals(plain)) {
            out.write(bytes, 0, count);
        } else {
            out.write(masked.getBytes(StandardCharsets.UTF_8));
        }
        line.write(bytes, count, bytes.length - count);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        pass(line.size());
        out.close();
    }
}
