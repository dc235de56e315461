package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A concurrent request invalidates the session between two calls, which no container can be made to do on demand. */
class HttpSessionHandleTest {

    private final IllegalStateException invalidated = new IllegalStateException("invalidated");

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final ServletContext context = mock(ServletContext.class);
    private final SessionCookieConfig config = mock(SessionCookieConfig.class);
    private final HttpSession stale = mock(HttpSession.class);
    private final HttpSession fresh = mock(HttpSession.class);
    private final HttpSessionHandle handle = new HttpSessionHandle(request);

    @BeforeEach
    void client_has_the_session_s1() {
        when(request.getServletContext()).thenReturn(context);
        when(context.getSessionCookieConfig()).thenReturn(config);
        when(config.getName()).thenReturn("JSESSIONID");
        when(request.getHeaders("Cookie")).thenAnswer(call -> Collections.enumeration(List.of("JSESSIONID=s1")));
        when(request.getCookies()).thenReturn(new Cookie[] {new Cookie("JSESSIONID", "s1")});
        when(request.getRequestedSessionId()).thenReturn("s1");
        when(stale.getId()).thenReturn("s1");
        when(stale.getAttributeNames()).thenAnswer(call -> Collections.enumeration(List.of("cart")));
        when(stale.getAttribute("cart")).thenReturn("42");
        when(fresh.getId()).thenReturn("s2");
        when(fresh.isNew()).thenReturn(true);
    }

    @Test
    void an_attribute_of_a_session_is_read() {
        when(request.getSession(false)).thenReturn(stale);
        when(stale.getAttribute("user")).thenReturn("1");

        assertThat(handle.attribute("user")).contains("1");
    }

    @Test
    void an_attribute_of_a_session_that_was_just_invalidated_is_absent() {
        when(request.getSession(false)).thenReturn(stale);
        when(stale.getAttribute("user")).thenThrow(invalidated);

        assertThat(handle.attribute("user")).isEmpty();
    }

    @Test
    void a_login_continues_in_a_new_session_if_the_old_one_was_just_invalidated() {
        when(request.getSession(false)).thenReturn(stale);
        when(request.getSession(true)).thenReturn(fresh);
        doThrow(invalidated).when(stale).invalidate();

        handle.renew(Map.of("user", "1"));

        verify(fresh).setAttribute("user", "1");
        verify(stale, never()).setAttribute(anyString(), anyString());
    }

    @Test
    void a_login_replaces_the_session_object_and_copies_its_attributes() {
        when(request.getSession(false)).thenReturn(stale);
        when(request.getSession(true)).thenReturn(fresh);

        handle.renew(Map.of("user", "1"));

        verify(stale).invalidate();
        verify(fresh).setAttribute("cart", "42");
        verify(fresh).setAttribute("user", "1");
        verify(request, never()).changeSessionId();
    }

    @Test
    void attributes_of_the_login_replace_those_of_the_session_before() {
        Map<String, Object> written = new HashMap<>();
        when(request.getSession(false)).thenReturn(stale);
        when(request.getSession(true)).thenReturn(fresh);
        when(stale.getMaxInactiveInterval()).thenReturn(60);
        doAnswer(call -> written.put(call.getArgument(0), call.getArgument(1)))
                .when(fresh)
                .setAttribute(anyString(), any());

        handle.renew(Map.of("cart", "43"));

        assertThat(written).containsExactly(Map.entry("cart", "43"));
        verify(fresh).setMaxInactiveInterval(60);
    }

    @Test
    void nothing_of_a_planted_session_is_copied() {
        when(request.getSession(false)).thenReturn(stale);
        when(request.getSession(true)).thenReturn(fresh);
        when(request.getCookies())
                .thenReturn(new Cookie[] {new Cookie("JSESSIONID", "s1"), new Cookie("JSESSIONID", "s9")});

        handle.renew(Map.of("user", "1"));

        verify(stale).invalidate();
        verify(fresh).setAttribute("user", "1");
        verify(fresh, never()).setAttribute("cart", "42");
    }

    @Test
    void a_session_that_was_invalidated_before_it_is_looked_at_has_no_attributes() {
        when(request.getSession(false)).thenReturn(stale);
        when(stale.isNew()).thenThrow(invalidated);
        when(stale.getAttribute("user")).thenThrow(invalidated);

        assertThat(handle.attribute("user")).isEmpty();
        assertThat(handle.unprovenAttribute("user")).isEmpty();
    }

    @Test
    void a_new_session_with_the_requested_id_gets_another_one() {
        when(request.getSession(false)).thenReturn(stale);
        when(request.getSession(true)).thenReturn(fresh);
        when(fresh.getId()).thenReturn("s1");

        handle.renew(Map.of("user", "1"));

        verify(request).changeSessionId();
    }

    @Test
    void a_session_whose_cookie_will_not_come_back_is_reported() {
        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of(SessionTrackingMode.COOKIE));
        assertThat(handle.unrecognized(false)).isEmpty();

        when(config.isSecure()).thenReturn(true);
        assertThat(handle.unrecognized(true)).isEmpty();
        assertThat(handle.unrecognized(false))
                .hasValueSatisfying(reason -> assertThat(reason).contains("plain HTTP"));

        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of(SessionTrackingMode.URL));
        assertThat(handle.unrecognized(true))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no session cookie"));
    }

    @Test
    void a_logout_succeeds_if_the_session_was_just_invalidated() {
        when(request.getSession(false)).thenReturn(stale);
        doThrow(invalidated).when(stale).invalidate();

        assertThatCode(handle::invalidate).doesNotThrowAnyException();
    }
}
