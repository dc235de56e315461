package io.postern.auth.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a dispatch goes.
 *
 * @param path servlet path plus path info, decoded once by the container: what it has chosen the servlet by
 * @param rawPath the same as sent, without the context path
 * @param servlet the servlet's name, if the container tells
 */
record Target(String path, String rawPath, Optional<String> servlet) {

    static Target of(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.INCLUDE ? included(request) : shown(request);
    }

    private static Target shown(HttpServletRequest request) {
        return of(
                request.getServletPath(),
                request.getPathInfo(),
                request.getRequestURI(),
                request.getContextPath(),
                request.getHttpServletMapping());
    }

    /** In an include the request still shows the servlet that includes. */
    private static Target included(HttpServletRequest request) {
        Object mapping = request.getAttribute(RequestDispatcher.INCLUDE_MAPPING);
        return of(
                text(request, RequestDispatcher.INCLUDE_SERVLET_PATH),
                text(request, RequestDispatcher.INCLUDE_PATH_INFO),
                text(request, RequestDispatcher.INCLUDE_REQUEST_URI),
                text(request, RequestDispatcher.INCLUDE_CONTEXT_PATH),
                mapping instanceof HttpServletMapping found ? found : null);
    }

    private static Target of(
            @Nullable String servletPath,
            @Nullable String pathInfo,
            @Nullable String uri,
            @Nullable String context,
            @Nullable HttpServletMapping mapping) {
        String path = orEmpty(servletPath) + orEmpty(pathInfo);
        Optional<String> servlet = Optional.ofNullable(mapping).map(HttpServletMapping::getServletName);
        return new Target(
                path.startsWith("/") ? path : "/" + path,
                withoutContext(orEmpty(uri), orEmpty(context)),
                servlet.filter(name -> !name.isEmpty()));
    }

    /** A context path that was sent in another spelling stays, so that whoever looks for ambiguity sees it. */
    private static String withoutContext(String uri, String context) {
        String raw = uri.startsWith(context) ? uri.substring(context.length()) : uri;
        return raw.isEmpty() ? "/" : raw;
    }

    private static @Nullable String text(HttpServletRequest request, String attribute) {
        return request.getAttribute(attribute) instanceof String text ? text : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
