package io.jenkins.plugins.dbtslim.store.azure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.object.Endpoint;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where shared access signatures come from: one that was given, or those that are made with the key of an account. */
final class SharedAccess {
    /** Of the service, and of the form of what is signed. */
    static final String VERSION = "2021-12-02";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9%&=._~:,+/-]+");
    private static final Pattern END = Pattern.compile("(?:.*&)?se=([^&]+).*");

    private final StoreLogin login;
    private final String given;
    private final byte[] key;

    private SharedAccess(StoreLogin login, @CheckForNull String given, @CheckForNull byte[] key) {
        this.login = login;
        this.given = given;
        this.key = key;
    }

    /** A secret alone is a signature, as a token or as the whole URL that the portal shows; with an account it is its key. */
    static SharedAccess of(StoreLogin login) throws StoreException {
        if (login.user() == null) {
            String token = login.secret().substring(login.secret().indexOf('?') + 1);
            if (!token.contains("sig=")
                    || !token.contains("sv=")
                    || !FORM.matcher(token).matches()) {
                throw new StoreException("There is no shared access signature (sv=…&sig=…) in " + login
                        + ": make one for the container" + " or the blob and store it as a secret text.");
            }
            return new SharedAccess(login, token, null);
        }
        try {
            byte[] key = Base64.getDecoder().decode(login.secret());
            return new SharedAccess(login, null, key);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "There is no key of a storage account in " + login + ": it is the account's name with one of its"
                            + " access keys; a shared access signature is a secret text.");
        }
    }

    /** Whether they are made here. */
    boolean isMade() {
        return given == null;
    }

    /**
     * The query that allows a request.
     *
     * @param blob with its container: {@code container/path}
     * @param permissions such as {@code r}
     */
    String query(String account, String blob, String permissions, String protocols, Instant end) throws StoreException {
        return given == null ? made(account, blob, permissions, protocols, end) : stillGood();
    }

    private String stillGood() throws StoreException {
        Matcher matcher = END.matcher(given);
        if (matcher.matches()) {
            String end = matcher.group(1).replace("%3A", ":").replace("%3a", ":");
            try {
                if (OffsetDateTime.parse(end).toInstant().isBefore(Instant.now())) {
                    throw new StoreException(
                            "The shared access signature of " + login + " ended at " + end + ": make a new one.");
                }
            } catch (DateTimeException e) {
                // A date without a time: the store will tell.
            }
        }
        return given;
    }

    private String made(String account, String blob, String permissions, String protocols, Instant end)
            throws StoreException {
        if (!account.equals(login.user())) {
            throw new StoreException("The location names the storage account " + account + ", and the key in " + login
                    + " is for " + login.user() + ": name others.");
        }
        String until = end.truncatedTo(ChronoUnit.SECONDS).toString();
        String resource = "/blob/" + account + "/" + blob;
        // permissions, start, end, resource, policy, address, protocols, version, kind, snapshot, encryption scope, and
        // five
        // headers of the reply.
        String toSign = String.join(
                "\n", permissions, "", until, resource, "", "", protocols, VERSION, "b", "", "", "", "", "", "", "");
        String signature = Base64.getEncoder().encodeToString(RequestSigner.hmac(key, toSign));
        return "sv=" + VERSION + "&sr=b&sp=" + permissions + "&spr=" + Endpoint.encode(protocols, false) + "&se="
                + Endpoint.encode(until, false) + "&sig=" + Endpoint.encode(signature, false);
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
