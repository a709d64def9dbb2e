package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A real server of the S3 protocol in this JVM, that checks signatures and honours conditions. Its libraries lie in
 * {@code target/s3-server} and are loaded apart from ours. Virtual host style works for {@code <bucket>.localhost}.
 */
public final class S3Server implements Cloud, AutoCloseable {
    /** The one key pair that is accepted. */
    public static final String ACCESS_KEY = "AKIAEXAMPLEOFDBTSLIM";

    /** Its secret. */
    public static final String SECRET_KEY = "s3cr3t/Of+Production/KeepItOutOfEveryLog1";

    private static final String LOGGING = "<configuration><root level=\"OFF\"/></configuration>";
    private static ClassLoader loader;
    private static S3Server shared;

    private final Object server;
    private final Object blobs;

    private S3Server(Object server, Object blobs) {
        this.server = server;
        this.blobs = blobs;
    }

    /** Starts one with its objects in memory. */
    public static S3Server start() {
        return start("transient-nio2", new Properties());
    }

    /** The server that all tests of this JVM share, because a start takes seconds: use a bucket of your own. */
    public static synchronized S3Server shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** Starts one with its objects in files below a folder, a bucket each. */
    public static S3Server start(Path folder) {
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
        return start("filesystem-nio2", properties);
    }

    private static S3Server start(String provider, Properties properties) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(loader());
            Object context = call(type("org.jclouds.ContextBuilder"), "newBuilder", String.class, provider);
            call(context, "credentials", String.class, ACCESS_KEY, String.class, SECRET_KEY);
            call(context, "overrides", Properties.class, properties);
            Class<?> view = type("org.jclouds.blobstore.BlobStoreContext");
            Object blobs = view.getMethod("getBlobStore").invoke(call(context, "build", Class.class, view));
            Class<?> authentication = type("org.gaul.s3proxy.AuthenticationType");
            Object builder = call(type("org.gaul.s3proxy.S3Proxy"), "builder");
            call(builder, "blobStore", type("org.jclouds.blobstore.BlobStore"), blobs);
            call(builder, "endpoint", URI.class, URI.create("http://127.0.0.1:0"));
            call(builder, "virtualHost", String.class, "localhost");
            call(builder, "v4MaxNonChunkedRequestSize", long.class, 1L << 30);
            call(builder, "ignoreUnknownHeaders", boolean.class, true);
            call(
                    builder,
                    "awsAuthentication",
                    authentication,
                    authentication.getField("AWS_V4").get(null),
                    String.class,
                    ACCESS_KEY,
                    String.class,
                    SECRET_KEY);
            Object server = call(builder, "build");
            call(server, "start");
            return new S3Server(server, blobs);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the S3 server does not start", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /**
     * Where it listens: {@code http://localhost:port}, for both styles of URL. To this server any other host name is
     * the name of a bucket.
     */
    @Override
    public URI endpoint() {
        return URI.create("http://localhost:" + port());
    }

    private int port() {
        try {
            return (int) call(server, "getPort");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void createBucket(String name) {
        try {
            Class<?> place = type("org.jclouds.domain.Location");
            type("org.jclouds.blobstore.BlobStore")
                    .getMethod("createContainerInLocation", place, String.class)
                    .invoke(blobs, null, name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String location(String bucket, String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET_KEY, URLEncoder.encode(SECRET_KEY, StandardCharsets.UTF_8), ACCESS_KEY, "X-Amz-");
    }

    @Override
    public void close() {
        try {
            call(server, "stop");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader());
    }

    /** Calls a method; the arguments are pairs of the parameter's type and its value. */
    private static Object call(Object target, String method, Object... typesAndValues)
            throws ReflectiveOperationException {
        int count = typesAndValues.length / 2;
        Class<?>[] types = new Class<?>[count];
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            types[i] = (Class<?>) typesAndValues[2 * i];
            values[i] = typesAndValues[2 * i + 1];
        }
        boolean isStatic = target instanceof Class;
        Class<?> type = isStatic ? (Class<?>) target : target.getClass();
        try {
            return type.getMethod(method, types).invoke(isStatic ? null : target, values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " of " + type + " failed", e.getCause());
        }
    }

    private static synchronized ClassLoader loader() {
        if (loader == null) {
            try {
                loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return loader;
    }

    private static URL[] urls() throws IOException {
        Path folder = Path.of(System.getProperty("project.build.directory", "target"), "s3-server");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is missing: run mvn process-test-classes");
        }
        Path logging = Files.createDirectories(folder.resolve("logging"));
        Path settings = logging.resolve("logback.xml");
        if (!Files.exists(settings)) { // two JVMs of tests may come here at once
            Path part = Files.writeString(Files.createTempFile(logging, "logback", ".part"), LOGGING);
            Files.move(part, settings, StandardCopyOption.ATOMIC_MOVE);
        }
        List<URL> urls = new ArrayList<>(List.of(logging.toUri().toURL()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    public String toString() {
        return "S3Server" + Arrays.asList(endpoint());
    }
}
