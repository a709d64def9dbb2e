package io.jenkins.plugins.dbtslim.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** What the test of the connection sends and says, against servers that answer one byte. */
class ConnectionTestTest {
    private final ConnectionTest test = new ConnectionTest(1000, (SSLSocketFactory) SSLSocketFactory.getDefault());

    private ConnectionTest.Answer against(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    byte[] request = socket.getInputStream().readNBytes(8);
                    socket.getOutputStream().write(answer.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    return request;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            ConnectionTest.Answer said = test.ask("127.0.0.1:" + server.getLocalPort());
            assertThat(got.get()).containsExactly(0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f);
            return said;
        }
    }

    @Test
    void aDatabaseWithoutTlsIsNamedAsSuch() throws Exception {
        ConnectionTest.Answer answer = against("N");
        assertThat(answer.good()).isTrue();
        assertThat(answer.sentence()).contains("without TLS");
    }

    @Test
    void brokenTlsAndStrangersAreToldApart() throws Exception {
        assertThat(against("S").good()).isFalse();
        ConnectionTest.Answer answer = against("SSH-2.0 hello secret banner");
        assertThat(answer.good()).isFalse();
        answer = against("HTTP/1.1 400 secret");
        assertThat(answer.sentence()).contains("does not speak").doesNotContain("secret");
    }

    @Test
    void nobodyThere() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        assertThat(test.ask("127.0.0.1:" + free).sentence()).startsWith("Nothing listens at 127.0.0.1:" + free);
        assertThat(test.ask("no-such-host.invalid").sentence()).startsWith("There is no host no-such-host.invalid");
        assertThat(test.ask("127.0.0.1:99999").good()).isFalse();
    }
}
