package io.jenkins.plugins.dbtslim.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.StoreCredentials;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.azure.AzureSigner;
import io.jenkins.plugins.dbtslim.store.google.GoogleSigner;
import io.jenkins.plugins.dbtslim.store.https.HttpsSigner;
import io.jenkins.plugins.dbtslim.store.object.ObjectManifestStore;
import io.jenkins.plugins.dbtslim.store.object.RequestSigner;
import io.jenkins.plugins.dbtslim.store.object.StoreLogin;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Manifests that are reached by HTTP: signed here, moved by the agent. This controller calls none of the addresses that a job
 * names, and an administrator can limit which ones may be named.
 */
@Restricted(NoExternalUse.class)
abstract class ObjectStoreKind implements ManifestStoreKind {
    /** Of a signature: until the agent has begun with its request. */
    static final Duration VALIDITY = Duration.ofMinutes(10);

    /** The address that was named, or null for the cloud's own. */
    @CheckForNull
    String endpoint(ManifestLocation location, StoreStep options, StepSite site) {
        return options.getEndpoint();
    }

    /** Signs with the credentials of the step. */
    abstract RequestSigner signer(
            ManifestLocation location, @CheckForNull String endpoint, StoreStep options, StepSite site)
            throws IOException;

    /** The credentials that the step names, for an address; null where it names none. */
    @CheckForNull
    static StoreLogin login(StoreStep options, @CheckForNull String address, StepSite site) throws IOException {
        return StoreCredentials.find(options.getCredentialsId(), address, site.run());
    }

    /** Refuses encryption that would not be asked for. */
    void checkEncryption(StoreStep options) throws IOException {
        if (!options.encryption().equals(S3Settings.Encryption.BUCKET_DEFAULT)) {
            throw new AbortException(Messages.ObjectStoreKind_encryption(scheme()));
        }
    }

    @Override
    public ManifestStore open(ManifestLocation location, StoreStep options, StepSite site, WorkspaceAgent agent)
            throws IOException {
        checkEncryption(options);
        String endpoint = endpoint(location, options, site);
        if (endpoint != null && !DbtSlimConfiguration.get().allowsEndpoint(endpoint)) {
            throw new AbortException(Messages.StoreStep_endpointNotAllowed(endpoint));
        }
        RequestSigner signer = signer(location, endpoint, options, site);
        agent.log().accept("Signing requests for " + location + " with " + signer.identity());
        return new ObjectManifestStore(
                location,
                signer,
                new Transfer(TransferLimits.DEFAULT, JenkinsFacade.proxy(), location.isReadOnly()),
                agent);
    }

    /** Google Cloud Storage, with an HMAC key. */
    @Restricted(NoExternalUse.class)
    @Extension
    public static final class Google extends ObjectStoreKind {
        @Override
        public String scheme() {
            return "gs";
        }

        @Override
        RequestSigner signer(ManifestLocation location, String endpoint, StoreStep options, StepSite site)
                throws IOException {
            return GoogleSigner.of(login(options, endpoint, site), site.env(), endpoint, VALIDITY);
        }
    }

    /** Azure Blob Storage, with a shared access signature or the key of the account. */
    @Restricted(NoExternalUse.class)
    @Extension
    public static final class Azure extends ObjectStoreKind {
        @Override
        public String scheme() {
            return "az";
        }

        @Override
        RequestSigner signer(ManifestLocation location, String endpoint, StoreStep options, StepSite site)
                throws IOException {
            return AzureSigner.of(
                    login(options, endpoint, site), site.env(), endpoint, options.isPathStyle(), VALIDITY);
        }
    }

    /** Web servers, read only. */
    @Restricted(NoExternalUse.class)
    @Extension
    public static final class Https extends ObjectStoreKind {
        @Override
        public String scheme() {
            return "https";
        }

        @Override
        String endpoint(ManifestLocation location, StoreStep options, StepSite site) {
            return "https://" + URI.create(location.toString()).getAuthority();
        }

        @Override
        RequestSigner signer(ManifestLocation location, String endpoint, StoreStep options, StepSite site)
                throws IOException {
            return HttpsSigner.of(login(options, location.toString(), site), site.env(), options.tokenHeader());
        }
    }
}
