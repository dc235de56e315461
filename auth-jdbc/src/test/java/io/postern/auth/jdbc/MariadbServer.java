package io.postern.auth.jdbc;

/** The server of the profile {@code mariadb}, whose tests stand in a folder of their own. */
interface MariadbServer {

    /** Returns where the server is, which runs. */
    String url();
}
