package io.jenkins.plugins.dbtslim.store.transfer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store answered to one request: status, headers and, of an error, the code and message that object stores send as
 * XML (bounded, without control characters and without anything of the signed URL).
 *
 * @param status of HTTP
 * @param headers names in lower case; several values of one name in one text
 * @param code such as NoSuchKey, or empty
 * @param message for people, or empty
 */
public record Reply(int status, Map<String, String> headers, String code, String message) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_TEXT = 300;
    /** Said of a body that did not come whole. */
    private static final Set<String> DAMAGED = Set.of("RequestTimeout", "BadDigest", "Md5Mismatch");

    private static final Pattern CODE_TEXT = Pattern.compile("[A-Za-z0-9._-]{1,80}");
    private static final Pattern CODE = Pattern.compile("<Code>(" + CODE_TEXT + ")</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]{1,2000})</Message>");

    static Reply of(SignedRequest request, int status, Map<String, List<String>> headers, String body) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, values) -> {
            // The older client gives the status line as a header without a name.
            if (name != null) {
                kept.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
            }
        });
        // Azure names the reason in a header, too: a reply to HEAD has no body.
        String code = find(CODE, body).isEmpty() ? kept.getOrDefault("x-ms-error-code", "") : find(CODE, body);
        return new Reply(
                status,
                kept,
                request.conceal(CODE_TEXT.matcher(code).matches() ? code : ""),
                bounded(request.conceal(find(MESSAGE, body))));
    }

    private static String find(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String bounded(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
        return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) + "…" : clean;
    }

    /** Whether the request did what it asked for. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the same request may well succeed in a moment. */
    boolean isTransient() {
        boolean broken = status >= 500 && status != 501 && status != 505;
        boolean slow = status == 408 || status == 429 || (status == 400 && DAMAGED.contains(code));
        return broken || slow;
    }

    /** Whether a fresh signature may help. A reply to HEAD has no body, so its reason is not known. */
    public boolean mayBeExpired() {
        return status == 403 || (status == 400 && (code.isEmpty() || code.equals("ExpiredToken")));
    }

    /** A header's value, or null. */
    @CheckForNull
    public String header(String name) {
        return headers.get(name);
    }

    /** For messages: {@code 503 SlowDown: Please reduce your request rate.} */
    public String describe() {
        StringBuilder text = new StringBuilder().append(status);
        if (!code.isEmpty()) {
            text.append(' ').append(code);
        }
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        return text.toString();
    }

    /** Whether the server names another address. */
    boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Content-Length, or -1. */
    public long length() {
        return number(header("content-length"));
    }

    /** Of all that lies there, where a part of it was asked for, or -1. */
    public long wholeLength() {
        String range = header("content-range");
        return range == null ? length() : number(range.replaceFirst(".*/", ""));
    }

    private static long number(String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
