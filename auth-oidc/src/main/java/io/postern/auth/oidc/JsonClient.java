package io.postern.auth.oidc;

import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the JSON objects of one fetch of keys within limits of time and size; does not follow redirects. Only {@link
 * #close} may be called by another thread.
 *
 * <p>Not the client of {@code java.net.http}: in Java 17 its threads cannot be ended, and it refuses hosts with an
 * underscore in their name.
 */
final class JsonClient implements AutoCloseable {

    private static final JsonLimits LIMITS = new JsonLimits(16, 10_000, false);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final KeyFetching bounds;
    private volatile @Nullable HttpURLConnection awaited;
    private volatile boolean closed;

    JsonClient(KeyFetching bounds) {
        this.bounds = bounds;
    }

    /**
     * Fetches an object. Its {@code Content-Type} is not examined: issuers send several for a JWK Set, and who controls the
     * response controls its type too.
     *
     * @throws IOException if the status is not 200, or the response is too large or not complete in time
     * @throws IllegalArgumentException if it is not a JSON object
     */
    Map<String, Object> get(URI uri) throws IOException {
        long end = System.nanoTime() + bounds.maxExchange().toNanos();
        HttpURLConnection connection = open(uri);
        try {
            awaited = connection;
            requireOpen(end);
            connection.connect();
            requireOpen(end);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("the response has status " + status);
            }
            InputStream body = connection.getInputStream();
            awaited = null;
            return object(read(body, end));
        } finally {
            awaited = null;
            connection.disconnect();
        }
    }

    private HttpURLConnection open(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            // Not the mutable defaults of the class, which some applications replace by others that check nothing.
            secure.setSSLSocketFactory(sslContext().getSocketFactory());
            secure.setHostnameVerifier((host, session) -> false);
        }
        // Nor the default of the JVM, which might answer a key server's challenge with credentials of the application.
        connection.setAuthenticator(new ProxiesOnly());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(millis(bounds.connectTimeout()));
        connection.setReadTimeout(millis(bounds.responseTimeout()));
        connection.setRequestProperty("Accept", "application/json, application/jwk-set+json, */*;q=0.1");
        connection.setRequestProperty("Connection", "close"); // without it the JDK starts a thread for idle connections
        return connection;
    }

    private static SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no default SSLContext", e);
        }
    }

    /** The time-outs of the connection cover single reads; a response may arrive byte by byte. */
    private byte[] read(InputStream body, long end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int length = body.read(part); length >= 0; length = body.read(part)) {
            requireOpen(end);
            if (length > bounds.maxAnswer() - bytes.size()) {
                throw new IOException("the response is longer than " + bounds.maxAnswer() + " bytes");
            }
            bytes.write(part, 0, length);
        }
        return bytes.toByteArray();
    }

    private void requireOpen(long end) throws IOException {
        if (closed || System.nanoTime() - end > 0) {
            throw new IOException("the response was not complete in time");
        }
    }

    /** Some servers put a byte order mark before a file (RFC 8259, section 8.1). */
    private static Map<String, Object> object(byte[] bytes) {
        String json = Utf8.decode(bytes).orElseThrow(() -> new IllegalArgumentException("the response is not UTF-8"));
        String unmarked = json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json;
        return JsonReader.asObject(JsonReader.read(unmarked, LIMITS))
                .orElseThrow(() -> new IllegalArgumentException("the response is not a JSON object"));
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }

    /** Ends a request that is running: at once while it waits for a response, else within its time-outs. */
    @Override
    public void close() {
        closed = true;
        HttpURLConnection connection = awaited;
        if (connection != null) {
            connection.disconnect();
        }
    }

    /** Answers the challenge of a proxy as the JVM is configured to, and none of a server. */
    private static final class ProxiesOnly extends Authenticator {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            Authenticator configured = Authenticator.getDefault();
            return configured == null || getRequestorType() != RequestorType.PROXY
                    ? null
                    : configured.requestPasswordAuthenticationInstance(
                            getRequestingHost(),
                            getRequestingSite(),
                            getRequestingPort(),
                            getRequestingProtocol(),
                            getRequestingPrompt(),
                            getRequestingScheme(),
                            getRequestingURL(),
                            getRequestorType());
        }
    }
}
