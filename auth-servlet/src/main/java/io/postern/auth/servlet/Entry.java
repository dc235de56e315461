package io.postern.auth.servlet;

import io.postern.Guard;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The state that the filter attaches to a request that has entered, for later dispatches and for the handler.
 *
 * @param guard the guard that admitted the request
 * @param target the target of the dispatch
 * @param included whether the dispatch is an include or a forward inside one, which cannot set a status
 * @param encoded whether a filter in front of the handler encodes the response ({@code Content-Encoding})
 */
record Entry(Guard guard, Guard.Entered entered, Target target, boolean included, boolean encoded) {

    private static final String ATTRIBUTE = Entry.class.getName();

    static @Nullable Entry of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Entry found ? found : null;
    }

    /** Sets the attributes that handlers read; removes them without an entry. */
    static void put(HttpServletRequest request, @Nullable Entry entry) {
        request.setAttribute(ATTRIBUTE, entry);
        request.setAttribute(
                AuthFilter.AUTHENTICATION_ATTRIBUTE,
                entry == null ? null : entry.entered().authentication());
    }
}
