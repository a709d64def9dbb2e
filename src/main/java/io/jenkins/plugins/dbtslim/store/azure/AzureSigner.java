package io.jenkins.plugins.dbtslim.store.azure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.object.Endpoint;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreAnswers;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes requests for a blob: with a shared access signature that somebody else made, or with one of its own, good for that
 * blob, that verb and some minutes, where it has the account's key.
 */
public final class AzureSigner implements RequestSigner {
    private static final URI AZURE = URI.create("https://blob.core.windows.net");

    private final SharedAccess access;
    private final URI endpoint;
    private final boolean pathStyle;
    private final Duration validity;

    AzureSigner(SharedAccess access, URI endpoint, boolean pathStyle, Duration validity) {
        this.access = access;
        this.endpoint = endpoint;
        this.pathStyle = pathStyle;
        this.validity = validity;
    }

    /**
     * Signs with what was named, else with what the environment holds: a signature, or the key of an account.
     *
     * @param endpoint of another cloud or an emulator, without the account, or null
     * @param pathStyle whether the account is the first part of the path instead of the host name
     * @param validity of the signatures that are made here
     */
    public static AzureSigner of(
            @CheckForNull StoreLogin named,
            Map<String, String> environment,
            @CheckForNull String endpoint,
            boolean pathStyle,
            Duration validity)
            throws StoreException {
        StoreLogin login = named;
        if (login == null) {
            login = StoreLogin.ofEnvironment(environment, null, "AZURE_STORAGE_SAS_TOKEN");
        }
        if (login == null && !environment.getOrDefault("AZURE_STORAGE_KEY", "").isBlank()) {
            login = StoreLogin.ofEnvironment(environment, "AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_KEY");
        }
        if (login == null) {
            throw new StoreException("There is no shared access signature for Azure Blob Storage: name credentials, or"
                    + " set AZURE_STORAGE_SAS_TOKEN (or AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY).");
        }
        return new AzureSigner(
                SharedAccess.of(login), endpoint == null ? AZURE : Endpoint.parse(endpoint), pathStyle, validity);
    }

    @Override
    public SignedRequest sign(Intent intent) throws StoreException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("x-ms-version", SharedAccess.VERSION);
        if (intent instanceof Put put) {
            headers.put("x-ms-blob-type", "BlockBlob");
            headers.put("content-type", "application/json");
            if (put.location().isGzip()) {
                headers.put("content-encoding", "gzip");
            }
            if (put.contentMd5() != null) {
                headers.put("content-md5", put.contentMd5());
            }
            // Azure's names are identifiers of C#.
            put.publication()
                    .toMetadata()
                    .forEach((name, value) -> headers.put("x-ms-meta-" + name.replace('-', '_'), value));
            if (put.condition() instanceof Condition.Absent) {
                headers.put("if-none-match", "*");
            } else if (put.condition() instanceof Condition.Unchanged unchanged) {
                headers.put("if-match", unchanged.etag());
            }
            return request("PUT", put.location(), "cw", headers);
        }
        if (intent instanceof Get get && get.firstBytes() > 0) {
            headers.put("range", "bytes=0-" + (get.firstBytes() - 1));
        }
        return request(intent instanceof Head ? "HEAD" : "GET", intent.location(), "r", headers);
    }

    private SignedRequest request(
            String method, ManifestLocation location, String permissions, Map<String, String> headers)
            throws StoreException {
        String account = location.bucket();
        String base = pathStyle
                ? Endpoint.base(endpoint) + "/" + account
                : endpoint.getScheme() + "://" + account + "."
                        + Endpoint.base(endpoint).replaceFirst("^[a-z]+://", "");
        String protocols = endpoint.getScheme().equals("https") ? "https" : "https,http";
        String query = access.query(
                location.bucket(),
                location.key(),
                permissions,
                protocols,
                Instant.now().plus(validity));
        String url = base + "/" + Endpoint.encode(location.key(), true) + "?" + query;
        return new SignedRequest(location.toString(), method, url, headers);
    }

    @Override
    public boolean renew() {
        return access.isMade();
    }

    @Override
    public String identity() {
        return access.toString();
    }

    @Override
    public StoreAnswers answers() {
        return new AzureAnswers();
    }
}
