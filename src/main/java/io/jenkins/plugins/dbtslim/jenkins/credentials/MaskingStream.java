package io.jenkins.plugins.dbtslim.jenkins.credentials;

import hudson.console.LineTransformationOutputStream;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A log stream that masks secrets line by line; Jenkins' build logs are UTF-8. */
final class MaskingStream extends LineTransformationOutputStream {
    private final OutputStream out;
    private final SecretMask mask;

    MaskingStream(OutputStream out, SecretMask mask) {
        this.out = out;
        this.mask = mask;
    }

    @Override
    protected void eol(byte[] bytes, int length) throws IOException {
        String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String masked = mask.mask(line);
        if (masked.equals(line)) {
            out.write(bytes, 0, length);
        } else {
            out.write(masked.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        super.close();
        out.close();
    }
}
