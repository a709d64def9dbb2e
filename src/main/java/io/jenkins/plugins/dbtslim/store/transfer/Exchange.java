package io.jenkins.plugins.dbtslim.store.transfer;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** One attempt at a request whose reply has no body that matters. */
final class Exchange {
    private Exchange() {}

    /** Sends and waits. */
    static Reply run(SignedRequest request, HttpClient client, HttpRequest http, TransferWatchdog watch)
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
