package io.jenkins.plugins.dbtslim.blackbox;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.dbtslim.store.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Answers AssumeRole as AWS STS does: the session's keys are those that {@link S3Server} accepts. */
final class StubSts implements AutoCloseable {
    /** A part of the session's token. */
    static final String TOKEN = "TokenOfTheSessionThatNobodyMaySee";

    private final HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    StubSts(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            TreeMap<String, String> fields = new TreeMap<>();
            for (String field : form.split("&", -1)) {
                String[] parts = field.split("=", 2);
                fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            String by = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .replaceFirst(".*Credential=([^/]*)/.*", "$1");
            asked.add(
                    by + " " + fields.get("Action") + " " + fields.get("RoleArn") + " " + fields.get("RoleSessionName")
                            + " " + fields.get("ExternalId") + " " + fields.get("SerialNumber") + " "
                            + fields.get("TokenCode"));
            boolean good = !"000000".equals(fields.get("TokenCode"));
            byte[] reply = (good ? session() : refusal()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(good ? 200 : 403, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
    }

    private static String session() {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>"
                + S3Server.ACCESS_KEY + "</AccessKeyId><SecretAccessKey>" + S3Server.SECRET_KEY
                + "</SecretAccessKey><SessionToken>" + TOKEN + "</SessionToken><Expiration>"
                + Instant.now().plusSeconds(900)
                + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }

    private static String refusal() {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                + "<Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>";
    }

    /** What was asked for: who, action, role, session name, external id, MFA device, its code. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
