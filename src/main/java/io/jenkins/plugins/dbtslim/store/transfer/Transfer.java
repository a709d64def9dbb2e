package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;
import java.io.Serializable;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Sends signed requests where the files lie, with the JDK's HTTP clients alone: no keys, no AWS classes. Server errors,
 * throttling and broken connections are tried again with growing, jittered pauses, each announced in the log.
 *
 * @param limits how long and how often
 * @param proxy on the way, or {@link ProxySettings#NONE}
 * @param redirects whether they are followed: a signature is good for one host only
 */
public record Transfer(TransferLimits limits, ProxySettings proxy, boolean redirects) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    /** Follows no redirects. */
    public Transfer(TransferLimits limits, ProxySettings proxy) {
        this(limits, proxy, false);
    }

    /** Sends a request without a body; the reply's body, if any, goes to no file. */
    public Reply send(SignedRequest request, Consumer<String> log) throws IOException, InterruptedException {
        return run(request, null, null, log);
    }

    /** Sends a request whose successful reply has a body for the sink. */
    public Reply receive(SignedRequest request, Sink sink, Consumer<String> log)
            throws IOException, InterruptedException {
        return run(request, null, sink, log);
    }

    /** Sends a file as the request's body. */
    public Reply upload(SignedRequest request, Path body, Consumer<String> log)
            throws IOException, InterruptedException {
        return run(request, body, null, log);
    }

    private Reply run(SignedRequest request, Path body, Sink sink, Consumer<String> log)
            throws IOException, InterruptedException {
        SignedRequest next = request;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Reply reply = attempts(next, body, sink, log);
            if (!redirects || !reply.isRedirect()) {
                return reply;
            }
            next = next.redirected(reply.header("location"));
        }
        throw new StoreException(request + ": " + request.host() + " redirects more than " + MOST_REDIRECTS
                + " times: name the address where the manifest lies.");
    }

    private Reply attempts(SignedRequest request, Path body, Sink sink, Consumer<String> log)
            throws IOException, InterruptedException {
        HttpClient client = sink == null ? client(request) : null;
        long deadline = System.nanoTime() + limits.total().toNanos();
        for (int attempt = 1; ; attempt++) {
            String problem;
            try {
                TransferWatchdog watch = new TransferWatchdog(request, limits, deadline);
                Reply reply = sink == null
                        ? exchange(request, client, http(request, body, watch), watch)
                        : new Download(request, limits, proxyFor(request), new ProxyLogin(proxy), watch).run(sink);
                if (reply.status() == 407) {
                    throw new StoreException(request + " at " + request.host() + ": " + proxyAdvice(request));
                }
                if (!reply.isTransient()) {
                    if (sink != null && reply.isSuccess()) {
                        sink.end();
                    }
                    return reply;
                }
                problem = "the server answered " + reply.describe();
            } catch (BrokenTransfer e) {
                problem = e.getMessage();
            }
            pauseOrGiveUp(request, problem, attempt, deadline, log);
        }
    }

    private void pauseOrGiveUp(SignedRequest request, String problem, int attempt, long deadline, Consumer<String> log)
            throws IOException, InterruptedException {
        if (attempt >= limits.attempts()) {
            throw new StoreException(request + " at " + request.host() + ": " + problem + "; gave up after " + attempt
                    + (attempt == 1 ? " attempt" : " attempts")
                    + (proxy.isFor(hostName(request)) ? " through the proxy " + proxy : "")
                    + ".");
        }
        long longest = Math.min(limits.firstPause().toMillis() << (attempt - 1), LONGEST_PAUSE.toMillis());
        long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        log.accept(String.format(
                Locale.ROOT,
                "%s: %s; attempt %d of %d follows in %.1f s",
                request,
                problem,
                attempt + 1,
                limits.attempts(),
                pause / 1000.0));
        long left = (deadline - System.nanoTime()) / 1_000_000;
        Thread.sleep(Math.max(0, Math.min(pause, left)));
    }

    private String proxyAdvice(SignedRequest request) {
        if (proxy.user() == null) {
            return "the proxy " + proxy + " wants a user and a password: give them where the proxy is configured.";
        }
        return "the proxy " + proxy + " does not accept the user and the password it was given"
                + (request.url().startsWith("https:")
                        ? "; for https, Java gives a proxy no password unless it is started with"
                                + " -Djdk.http.auth.tunneling.disabledSchemes= (with nothing after the equals sign)."
                        : ".");
    }

    private static String hostName(SignedRequest request) {
        return URI.create(request.url()).getHost();
    }

    private HttpClient client(SignedRequest request) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .proxy(HttpClient.Builder.NO_PROXY);
        if (proxy.isFor(hostName(request))) {
            builder.proxy(ProxySelector.of(proxyAddress()));
            if (proxy.user() != null) {
                builder.authenticator(new ProxyLogin(proxy));
            }
        }
        return builder.build();
    }

    private InetSocketAddress proxyAddress() {
        return new InetSocketAddress(proxy.host(), proxy.port());
    }

    private Proxy proxyFor(SignedRequest request) {
        return proxy.isFor(hostName(request)) ? new Proxy(Proxy.Type.HTTP, proxyAddress()) : Proxy.NO_PROXY;
    }

    private static HttpRequest http(SignedRequest request, Path body, TransferWatchdog watch) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method(),
                        body == null ? BodyPublishers.noBody() : FileBody.publisher(body, watch::progress));
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }

    /** Answers only the proxy of these settings. */
    private static final class ProxyLogin extends Authenticator {
        private final ProxySettings proxy;

        ProxyLogin(ProxySettings proxy) {
            this.proxy = proxy;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY || proxy.user() == null) {
                return null;
            }
            String password = proxy.password() == null ? "" : proxy.password();
            return new PasswordAuthentication(proxy.user(), password.toCharArray());
        }
    }

    /** One attempt at a request whose reply has no body that matters. */
    private static Reply exchange(SignedRequest request, HttpClient client, HttpRequest http, TransferWatchdog watch)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(http, head -> {
            watch.progress();
            return new ErrorText(watch::progress);
        });
        try {
            HttpResponse<String> response = watch.await(answer);
            // The client gives no body, and not an empty one, when a proxy refuses a tunnel.
            String body = response.body() == null ? "" : response.body();
            return Reply.of(request, response.statusCode(), response.headers().map(), body);
        } finally {
            answer.cancel(true);
        }
    }
}
