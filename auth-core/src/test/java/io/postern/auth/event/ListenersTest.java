package io.postern.auth.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postern.auth.testing.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ListenersTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final AuthEvent EVENT = new AuthEvent.LoggedIn(AT, "basic", "1", "192.0.2.1");

    private final Events events = new Events();
    private final Deque<Runnable> queue = new ArrayDeque<>();

    @Test
    void a_failing_listener_does_not_keep_events_from_the_others() {
        AuthListener failing = event -> {
            throw new IllegalStateException("broken");
        };

        AuthListener missing = event -> {
            throw new NoClassDefFoundError("broken");
        };

        AuthListener.all(List.of(failing, events, missing, events)).on(EVENT);

        assertThat(events.all()).containsExactly(EVENT, EVENT);
    }

    @Test
    void later_changes_of_the_list_do_not_change_the_listeners() {
        List<AuthListener> list = new ArrayList<>(List.of(events));
        AuthListener all = AuthListener.all(list);
        list.clear();
        all.on(EVENT);

        assertThat(events.all()).hasSize(1);
    }

    @Test
    void a_buffered_listener_is_notified_later_and_drops_events_when_full() {
        AuthListener buffered = AuthListener.buffered(events, queue::add, 2);
        buffered.on(EVENT);
        buffered.on(EVENT);
        buffered.on(EVENT);

        assertThat(events.all()).isEmpty();
        assertThat(queue).hasSize(2);
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
        assertThat(events.all()).hasSize(2);
        buffered.on(EVENT);
        assertThat(queue).hasSize(1);
    }

    @Test
    void dropped_events_are_counted_in_the_log() {
        ListAppender<ILoggingEvent> log = listenTo("io.postern.auth.event.AuthListener");
        AuthListener buffered = AuthListener.buffered(events, queue::add, 1);
        for (int i = 0; i < 8; i++) {
            buffered.on(EVENT);
        }
        queue.remove().run();

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("7 events dropped"));
    }

    @Test
    void a_failing_target_frees_its_slot_and_does_not_reach_the_executor() {
        AuthListener buffered = AuthListener.buffered(ListenersTest::fail, queue::add, 1);
        for (int i = 0; i < 3; i++) {
            buffered.on(EVENT);
            assertThatCode(queue.remove()::run).doesNotThrowAnyException();
        }
    }

    @Test
    void a_target_that_fails_on_the_callers_thread_frees_its_slot_once() {
        boolean[] waits = {false};
        AuthListener buffered = AuthListener.buffered(
                ListenersTest::fail,
                delivery -> {
                    if (waits[0]) {
                        queue.add(delivery);
                    } else {
                        delivery.run();
                    }
                },
                1);
        buffered.on(EVENT);
        waits[0] = true;
        buffered.on(EVENT);
        buffered.on(EVENT);

        assertThat(queue).hasSize(1);
    }

    @Test
    void an_executor_that_rejects_tasks_counts_as_a_full_buffer() {
        Deque<Throwable> failures = new ArrayDeque<>(List.of(new RejectedExecutionException(), new OutOfMemoryError()));
        AuthListener buffered = AuthListener.all(List.of(AuthListener.buffered(
                events,
                task -> {
                    Throwable failure = failures.poll();
                    if (failure instanceof RuntimeException e) {
                        throw e;
                    }
                    if (failure instanceof Error e) {
                        throw e;
                    }
                    task.run();
                },
                1)));
        buffered.on(EVENT);
        buffered.on(EVENT);
        buffered.on(EVENT);

        assertThat(events.all()).hasSize(1);
    }

    @Test
    void a_buffer_without_capacity_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthListener.buffered(events, Runnable::run, 0))
                .withMessageContaining("at least 1");
    }

    @Test
    void every_kind_of_event_is_logged_with_its_fields() {
        assertThat(logged(EVENT)).isEqualTo("INFO LoggedIn method=basic user=1 address=192.0.2.1");
        assertThat(logged(new AuthEvent.LoginFailed(AT, "token", "wrong_password", "192.0.2.1")))
                .isEqualTo("INFO LoginFailed method=token reason=wrong_password address=192.0.2.1");
        assertThat(logged(new AuthEvent.SessionUnrecognized(AT, "no cookie", "1", "192.0.2.1")))
                .isEqualTo("WARN SessionUnrecognized reason=no cookie user=1 address=192.0.2.1");
        assertThat(logged(new AuthEvent.LoggedOut(AT, "1", "192.0.2.1")))
                .isEqualTo("INFO LoggedOut user=1 address=192.0.2.1");
        assertThat(logged(new AuthEvent.TokenIssued(AT, "access", "id", "1")))
                .isEqualTo("INFO TokenIssued kind=access token=id user=1");
        assertThat(logged(new AuthEvent.TokenRevoked(AT, "token", "*", "1")))
                .isEqualTo("INFO TokenRevoked kind=token token=* user=1");
        assertThat(logged(new AuthEvent.PasswordRehashed(AT, "1"))).isEqualTo("INFO PasswordRehashed user=1");
        assertThat(logged(new AuthEvent.RequestDenied(AT, "GET", "/a", "192.0.2.1", 401, "code", "reason", "")))
                .isEqualTo("INFO RequestDenied method=GET path=/a address=192.0.2.1 status=401"
                        + " code=code reason=reason user=");
        assertThat(logged(new AuthEvent.RequestDenied(AT, "GET", "/a", "192.0.2.1", 503, "code", "reason", "")))
                .startsWith("ERROR RequestDenied");
        assertThat(logged(new AuthEvent.RequestThrottled(AT, "GET", "/a", "192.0.2.1", Duration.ofSeconds(3), "1")))
                .isEqualTo("WARN RequestThrottled method=GET path=/a address=192.0.2.1 retryAfter=PT3S user=1");
        assertThat(logged(new AuthEvent.StoreFailed(AT, "GET", "/a", "192.0.2.1", "down")))
                .isEqualTo("DEBUG StoreFailed method=GET path=/a address=192.0.2.1 failed=down");
    }

    @Test
    void a_line_break_in_a_user_id_starts_no_new_log_line() {
        String id = "7\n12:00 INFO LoggedIn user=admin";

        for (AuthEvent event : List.of(
                new AuthEvent.LoggedIn(AT, "basic", id, id),
                new AuthEvent.LoginFailed(AT, "basic", "wrong_password", id),
                new AuthEvent.LoggedOut(AT, id, id),
                new AuthEvent.TokenIssued(AT, "access", id, id),
                new AuthEvent.TokenRevoked(AT, "access", id, id),
                new AuthEvent.TokenRefreshed(AT, id, id, id),
                new AuthEvent.RefreshTokenReused(AT, id, id, id),
                new AuthEvent.RefreshTokenRepeated(AT, id, id, id),
                new AuthEvent.PasswordRehashed(AT, id),
                new AuthEvent.RequestDenied(AT, "GET", "/a", "192.0.2.1", 401, "code", "reason", id),
                new AuthEvent.RequestThrottled(AT, "GET", "/a", "192.0.2.1", Duration.ofSeconds(3), id),
                new Ordered(AT, id, List.of(id)))) {
            assertThat(logged(event)).doesNotContain("\n").contains("7\\u{a}12:00");
        }
    }

    @Test
    void an_event_of_another_module_is_logged_like_ours() {
        assertThat(logged(new Ordered(AT, "7", List.of(3, 4)))).isEqualTo("INFO Ordered user=7 items=[3, 4] number=5");
    }

    @Test
    void the_logging_listener_equals_itself_so_that_no_list_has_two() {
        assertThat(AuthListener.logging()).isEqualTo(AuthListener.logging());
    }

    @Test
    void fields_cannot_be_changed() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> EVENT.fields().clear());
    }

    @Test
    void input_is_never_used_as_a_format() {
        assertThat(logged(
                        new AuthEvent.RequestDenied(AT, "{}", "/${jndi:ldap://x}/{}", "%s", 401, "code", "reason", "")))
                .contains("method={} path=/${jndi:ldap://x}/{} address=%s");
    }

    private record Ordered(Instant at, String userId, List<?> items) implements AuthEvent {
        @Override
        public Map<String, Object> fields() {
            return Fields.of("user", userId)
                    .and("items", items)
                    .and("number", 5)
                    .map();
        }
    }

    private static void fail(AuthEvent event) {
        throw new IllegalStateException("broken");
    }

    private static String logged(AuthEvent event) {
        ListAppender<ILoggingEvent> log = listenTo("io.postern.auth.event");
        AuthListener.logging().on(event);
        ILoggingEvent line = log.list.get(0);
        StringBuilder text = new StringBuilder(line.getLevel() + " " + line.getFormattedMessage());
        line.getKeyValuePairs()
                .forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
        return text.toString();
    }

    private static ListAppender<ILoggingEvent> listenTo(String name) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.TRACE);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        return appender;
    }
}
