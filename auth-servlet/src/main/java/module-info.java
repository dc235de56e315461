/** Postern for the Jakarta Servlet API: the filter, the endpoints servlet, annotations and the session bridge. */
module io.postern.auth.servlet {
    requires transitive io.postern.auth.core;
    // The container provides it, in a module of another name with embedded Tomcat, so that users need not have this
    // one.
    requires static jakarta.servlet;
    requires static jakarta.annotation;
    requires static org.eclipse.jetty.ee10.servlet;
    requires static org.jspecify;
    requires org.slf4j;

    exports io.postern.auth.servlet;
}
