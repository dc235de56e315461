package io.postern.auth.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The target of a dispatch.
 *
 * @param context the context path of the application
 * @param path servlet path plus path info, decoded once by the container, which chose the servlet by it
 * @param rawPath the same as sent, without the context path
 * @param servlet the servlet's name; null if the container does not expose it
 */
record Target(
        String context,
        String path,
        String rawPath,
        @Nullable String servlet) {

    static Target of(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.INCLUDE ? ofInclude(request) : ofRequest(request);
    }

    private static Target ofRequest(HttpServletRequest request) {
        return of(
                request.getServletPath(),
                request.getPathInfo(),
                request.getRequestURI(),
                request.getContextPath(),
                request.getHttpServletMapping());
    }

    /** In an include the request's own methods describe the including servlet. */
    private static Target ofInclude(HttpServletRequest request) {
        Object mapping = request.getAttribute(RequestDispatcher.INCLUDE_MAPPING);
        return of(
                string(request, RequestDispatcher.INCLUDE_SERVLET_PATH),
                string(request, RequestDispatcher.INCLUDE_PATH_INFO),
                string(request, RequestDispatcher.INCLUDE_REQUEST_URI),
                string(request, RequestDispatcher.INCLUDE_CONTEXT_PATH),
                mapping instanceof HttpServletMapping found ? found : null);
    }

    /** Returns whether this is the same path of the same application: equal paths of two applications are different. */
    boolean isSame(Target other) {
        return path.equals(other.path) && context.equals(other.context);
    }

    private static Target of(
            @Nullable String servletPath,
            @Nullable String pathInfo,
            @Nullable String uri,
            @Nullable String context,
            @Nullable HttpServletMapping mapping) {
        String path = joined(orEmpty(servletPath), orEmpty(pathInfo));
        String servlet = mapping == null ? null : mapping.getServletName();
        return new Target(
                orEmpty(context),
                path.startsWith("/") ? path : "/" + path,
                withoutContext(orEmpty(uri), orEmpty(context)),
                servlet == null || servlet.isEmpty() ? null : servlet);
    }

    /** One of both is mostly empty, and {@code +} copies the other one even so. */
    private static String joined(String servletPath, String pathInfo) {
        if (pathInfo.isEmpty()) {
            return servletPath;
        }
        return servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
    }

    /** A context path sent in another spelling is retained, so that the check for ambiguity sees it. */
    private static String withoutContext(String uri, String context) {
        String raw = uri.startsWith(context) ? uri.substring(context.length()) : uri;
        return raw.isEmpty() ? "/" : raw;
    }

    private static @Nullable String string(HttpServletRequest request, String attribute) {
        return request.getAttribute(attribute) instanceof String value ? value : null;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
