package io.jenkins.plugins.dbtslim.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log holds no secret, and its stream holds no more than a piece of a line. */
class MaskingStreamTest {
    private static final SecretMask MASK = new SecretMask(List.of("s3cret-pä"));

    @Test
    void masksLinesWhereverTheyAreCut() throws IOException {
        byte[] text = "one s3cret-pä\ntwo s3cret-pä s3cret-p\nthree".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            try (MaskingStream stream = new MaskingStream(log, MASK)) {
                stream.write(text, 0, cut);
                stream.write(text, cut, text.length - cut);
            }
            assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("one ****\ntwo **** s3cret-p\nthree");
        }
    }

    @Test
    void anEndlessLineIsPassedOnInPiecesAndNoPieceShowsASecret() throws IOException {
        long[] passed = {0};
        StringBuilder last = new StringBuilder();
        OutputStream log = new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                assertThat(length).isLessThan(300_000);
                passed[0] += length;
                last.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                assertThat(last).doesNotContain("s3cret");
                last.delete(0, Math.max(0, last.length() - 50));
            }
        };
        byte[] block = ("x".repeat(977) + "s3cret-pä").getBytes(StandardCharsets.UTF_8);
        try (MaskingStream stream = new MaskingStream(log, MASK)) {
            for (int i = 0; i < 4_000; i++) {
                stream.write(block, 0, block.length);
            }
        }
        assertThat(passed[0]).isEqualTo(4_000L * (977 + "****".length()));
    }
}
