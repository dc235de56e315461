package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key server that accepts connections and does not answer, or answers without end. */
@Timeout(120)
class BlackHoleTest {

    private static final int REQUESTS = 200;

    private final SettableClock clock = Outside.clock();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket server = listen(false);

    @AfterEach
    void stop() throws IOException {
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private ServerSocket listen(boolean dripping) {
        try {
            ServerSocket listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            Thread accepting = new Thread(() -> accept(listening, dripping));
            accepting.setDaemon(true);
            accepting.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening, boolean dripping) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                synchronized (sockets) {
                    sockets.add(socket);
                }
                if (dripping) {
                    drip(socket);
                }
            } catch (IOException e) {
                // closed by the test or by the client
            }
        }
    }

    /** Sends the head of a response that never ends, byte by byte. */
    private static void drip(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nX-Pad: ".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            out.write('a');
            out.flush();
            sleep(20);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TrustedIssuer issuer(Duration patience) {
        return TrustedIssuer.ofJwkSetUri(
                        Outside.ISSUER, URI.create("http://127.0.0.1:" + server.getLocalPort() + Outside.KEYS))
                .audience("api")
                .algorithms(JwtAlgorithm.RS256)
                .users(UserMapping.claims())
                .fetching(KeyFetching.defaults().withTimeouts(patience, patience))
                .allowInsecureHttp()
                .build();
    }

    @Test
    void parallel_requests_share_one_fetch_and_all_but_four_wait_for_a_second_at_most() throws Exception {
        OidcAuthenticator authenticator = OidcAuthenticator.of(clock, issuer(Duration.ofSeconds(20)));
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
        List<Future<Long>> waited = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                waited.add(threads.submit(refused(authenticator)));
            }
            sleep(6_000);
            long held = waited.stream().filter(future -> !future.isDone()).count();

            assertThat(held).isEqualTo(4);
            assertThat(connections).hasValue(1);
            for (Future<Long> future : waited) {
                assertThat(!future.isDone() || future.get() < 5_000).isTrue();
            }
            assertThat(refused(authenticator).call()).isLessThan(500);
            authenticator.close();
            for (Future<Long> future : waited) {
                assertThat(future.get(10, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the milliseconds until the 503. */
    private static Callable<Long> refused(OidcAuthenticator authenticator) {
        return () -> {
            long start = System.nanoTime();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> Outside.show(authenticator, Outside.token(Outside.RSA)));
            return 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        };
    }

    @Test
    void after_a_fetch_that_failed_requests_are_refused_at_once_until_the_pause_is_over() throws Exception {
        OidcAuthenticator authenticator = OidcAuthenticator.of(clock, issuer(Duration.ofMillis(200)));
        assertThat(refused(authenticator).call()).isPositive();

        for (int i = 0; i < 20; i++) {
            assertThat(refused(authenticator).call()).isLessThan(150);
        }
        assertThat(connections).hasValue(1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(refused(authenticator).call()).isPositive();
        assertThat(connections).hasValue(2);
    }

    @Test
    void a_head_that_never_ends_is_left_in_time_and_its_thread_ends() throws Exception {
        server.close();
        server = listen(true);
        TrustedIssuer issuer = issuer(Duration.ofMillis(100));
        IssuerKeys keys = new IssuerKeys(issuer, new KeyFetcher(issuer)::fetch, clock);

        assertThatExceptionOfType(StoreException.class).isThrownBy(keys::warmUp);

        assertThat(keys.settled()).isDone();
        assertNoThreadRemains();
    }

    @Test
    void closing_ends_a_fetch_and_its_thread_and_starts_no_other() throws Exception {
        TrustedIssuer issuer = issuer(Duration.ofSeconds(20));
        IssuerKeys keys = new IssuerKeys(issuer, new KeyFetcher(issuer)::fetch, clock);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<?> waiting = one.submit(keys::warmUp);
            while (connections.get() == 0) {
                sleep(10);
            }
            keys.close();
            keys.close();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .withCauseInstanceOf(StoreException.class);
            assertNoThreadRemains();
            clock.advance(Duration.ofMinutes(1));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(keys::warmUp)
                    .withMessageContaining("closed");
            assertThat(connections).hasValue(1);
        } finally {
            one.shutdownNow();
        }
    }

    private static void assertNoThreadRemains() {
        for (int i = 0; i < 100 && runs(); i++) {
            sleep(50);
        }
        assertThat(runs()).isFalse();
    }

    private static boolean runs() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("postern-keys"));
    }
}
