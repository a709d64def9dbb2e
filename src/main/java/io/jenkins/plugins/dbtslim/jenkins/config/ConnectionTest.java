package io.jenkins.plugins.dbtslim.jenkins.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks whether a Materialize answers at a host: connects, asks for TLS as PostgreSQL's protocol does (SSLRequest, "Frontend/Backend
 * Protocol" of PostgreSQL) and shakes hands. No user and no password is sent, and nothing that the other side says is shown,
 * so that it cannot be used to read from other services of the controller's network.
 */
final class ConnectionTest {
    static final int DEFAULT_PORT = 6875;
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
    private final int timeoutMillis;
    private final SSLSocketFactory tls;

    ConnectionTest(int timeoutMillis, SSLSocketFactory tls) {
        this.timeoutMillis = timeoutMillis;
        this.tls = tls;
    }

    /** What came of it, in one sentence. */
    record Answer(boolean good, String sentence) {}

    /** Tries {@code host} or {@code host:port}. */
    Answer ask(String address) {
        String host = address.replaceFirst(":[0-9]+$", "");
        int port = host.length() == address.length()
                ? DEFAULT_PORT
                : Integer.parseInt(address.substring(host.length() + 1));
        String place = host + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(SSL_REQUEST);
            int answer = socket.getInputStream().read();
            if (answer == 'N') {
                return new Answer(true, Messages.ConnectionTest_withoutTls(place));
            }
            return answer == 'S'
                    ? shake(socket, host, port)
                    : new Answer(false, Messages.ConnectionTest_stranger(place));
        } catch (UnknownHostException e) {
            return new Answer(false, Messages.ConnectionTest_unknownHost(host));
        } catch (SSLException e) {
            return new Answer(false, Messages.ConnectionTest_certificate(place));
        } catch (SocketTimeoutException e) {
            return new Answer(false, Messages.ConnectionTest_timeout(place, timeoutMillis / 1000));
        } catch (ConnectException e) {
            return new Answer(false, Messages.ConnectionTest_refused(place));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(false, Messages.ConnectionTest_stranger(place));
        }
    }

    private Answer shake(Socket plain, String host, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, false)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Answer(
                    true,
                    Messages.ConnectionTest_good(
                            host + ":" + port, socket.getSession().getProtocol()));
        }
    }
}
