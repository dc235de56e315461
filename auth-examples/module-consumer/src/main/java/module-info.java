/** A module that uses Postern by name. */
module io.postern.examples.consumer {
    requires io.postern.auth.core;
    requires io.postern.auth.servlet;
    requires static org.jspecify;
}
