package io.jenkins.plugins.dbtslim.store.transfer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The HTTP proxy on the way to the store. Its password is a secret and never part of {@link #toString()}.
 *
 * @param host of the proxy; empty means that there is none
 * @param port of the proxy
 * @param user for basic authentication, or null
 * @param password for basic authentication, or null
 * @param exceptions hosts that are called directly; {@code *} stands for anything, a leading dot for all below
 */
public record ProxySettings(
        String host,
        int port,
        @CheckForNull String user,
        @CheckForNull String password,
        List<String> exceptions) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No proxy. */
    public static final ProxySettings NONE = new ProxySettings("", 0, null, null, List.of());

    /**
     * As curl, boto and dbt's other neighbours read it: HTTPS_PROXY or HTTP_PROXY for URLs of that kind, NO_PROXY as
     * a list of hosts separated by commas; lower case wins.
     */
    public static ProxySettings of(Map<String, String> environment, boolean https) throws StoreException {
        String name = https ? "HTTPS_PROXY" : "HTTP_PROXY";
        String value = lookUp(environment, name);
        if (value.isEmpty()) {
            return NONE;
        }
        URI uri;
        try {
            uri = URI.create(value.contains("://") ? value : "http://" + value);
        } catch (IllegalArgumentException e) {
            throw new StoreException("The variable " + name + " is not the URL of a proxy, such as http://proxy:3128.");
        }
        if (uri.getHost() == null) {
            throw new StoreException("The variable " + name + " is not the URL of a proxy, such as http://proxy:3128.");
        }
        String[] user =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        return new ProxySettings(
                uri.getHost(),
                uri.getPort() < 0 ? 80 : uri.getPort(),
                user.length > 0 ? user[0] : null,
                user.length > 1 ? user[1] : null,
                List.of(lookUp(environment, "NO_PROXY").split("[,\\s]+")));
    }

    private static String lookUp(Map<String, String> environment, String name) {
        String lower = environment.get(name.toLowerCase(Locale.ROOT));
        String value = lower != null ? lower : environment.get(name);
        return value == null ? "" : value.trim();
    }

    /** Whether that host is called through this proxy. */
    public boolean isFor(String target) {
        return !host.isEmpty() && exceptions.stream().noneMatch(exception -> matches(exception, target));
    }

    private static boolean matches(String exception, String target) {
        String pattern = exception.toLowerCase(Locale.ROOT);
        String name = target.toLowerCase(Locale.ROOT);
        if (pattern.isEmpty()) {
            return false;
        }
        if (pattern.contains("*")) {
            return name.matches(("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E"));
        }
        String plain = pattern.startsWith(".") ? pattern.substring(1) : pattern;
        return name.equals(plain) || name.endsWith("." + plain);
    }

    @Override
    public String toString() {
        return host.isEmpty() ? "no proxy" : host + ":" + port;
    }
}
