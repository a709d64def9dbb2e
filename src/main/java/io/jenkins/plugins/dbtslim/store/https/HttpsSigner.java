package io.jenkins.plugins.dbtslim.store.https;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes requests for a web server, with a log-in in a header or with none. There is no signature: the log-in itself goes to
 * where the bytes are moved, for that one request.
 */
public final class HttpsSigner implements RequestSigner {
    /** Where a token goes that is named without a header. */
    public static final String STANDARD = "Authorization: Bearer";

    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9_-]{1,64})(?:: *([A-Za-z0-9_-]{1,32})?)?");
    private static final Pattern TAKEN = Pattern.compile(
            "(?i)(accept|content|if|proxy|x-forwarded)-.*|host|connection|expect|range|transfer-encoding|upgrade|cookie");

    private final StoreLogin login;
    private final Map<String, String> headers;

    private HttpsSigner(StoreLogin login, Map<String, String> headers) {
        this.login = login;
        this.headers = headers;
    }

    /**
     * Asks with the log-in that was named, else with that of the environment, else with none.
     *
     * @param tokenHeader where a secret alone goes: a header's name, and what stands before the secret in it; or null
     */
    public static HttpsSigner of(
            @CheckForNull StoreLogin named, Map<String, String> environment, @CheckForNull String tokenHeader)
            throws StoreException {
        StoreLogin login = named;
        if (login == null) {
            login = StoreLogin.ofEnvironment(environment, null, "DBT_SLIM_HTTPS_TOKEN");
        }
        if (login == null) {
            login = StoreLogin.ofEnvironment(environment, "DBT_SLIM_HTTPS_USER", "DBT_SLIM_HTTPS_PASSWORD");
        }
        Matcher header = requireHeader(tokenHeader);
        if (login == null) {
            return new HttpsSigner(null, Map.of());
        }
        if (login.user() != null) {
            if (tokenHeader != null) {
                throw new StoreException("A header for a token is named (" + tokenHeader
                        + "), and a user name, which is sent as basic authentication, is in " + login
                        + ": name a secret text, or leave" + " out tokenHeader.");
            }
            byte[] both = (login.user() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8);
            return new HttpsSigner(
                    login,
                    Map.of("authorization", "Basic " + Base64.getEncoder().encodeToString(both)));
        }
        if (login.secret().chars().anyMatch(c -> c > 126)) {
            throw new StoreException(
                    "The secret of " + login + " has characters that no header may have: store it anew.");
        }
        String before = header.group(2) == null ? "" : header.group(2) + " ";
        return new HttpsSigner(login, Map.of(header.group(1), before + login.secret()));
    }

    /** Refuses what is no header for a token; null is the usual one. */
    public static Matcher requireHeader(@CheckForNull String tokenHeader) throws StoreException {
        Matcher header = HEADER.matcher(tokenHeader == null ? STANDARD : tokenHeader.trim());
        if (!header.matches() || TAKEN.matcher(header.group(1)).matches()) {
            throw new StoreException(
                    "Not a header for a token: " + tokenHeader + "; write its name, and what stands before"
                            + " the token if anything does, such as PRIVATE-TOKEN or \"Authorization: Token\".");
        }
        return header;
    }

    /** A look asks for a byte: HEAD is not known everywhere, and is not what an address that a server redirects to allows. */
    @Override
    public SignedRequest sign(Intent intent) throws StoreException {
        long bytes = 0;
        if (intent instanceof Head) {
            bytes = 1;
        } else if (intent instanceof Get get) {
            bytes = get.firstBytes();
        } else {
            throw new StoreException("Nothing can be published to " + intent.location() + ": https: is read only.");
        }
        Map<String, String> all = new TreeMap<>(headers);
        all.put(bytes == 0 ? "accept-encoding" : "range", bytes == 0 ? "gzip" : "bytes=0-" + (bytes - 1));
        return new SignedRequest(
                intent.location().toString(), "GET", intent.location().toString(), all);
    }

    @Override
    public boolean renew() {
        return false;
    }

    @Override
    public String identity() {
        return login == null ? "no log-in" : login.description();
    }

    @Override
    public StoreAnswers answers() {
        return new HttpsAnswers(login != null);
    }
}
