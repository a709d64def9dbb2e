package org.kohsuke.stapler;

/** Signature of the usual answers. */
public class HttpResponses {
    public static HttpResponseException ok() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponseException notFound() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponse text(String text) {
        throw new UnsupportedOperationException();
    }

    /** Signature of an answer that is thrown. */
    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        public HttpResponseException() {}

        public HttpResponseException(String message) {}

        public HttpResponseException(String message, Throwable cause) {}

        public HttpResponseException(Throwable cause) {}
    }
}
