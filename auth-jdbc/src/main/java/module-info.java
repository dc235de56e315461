/** Every store of Postern in a database, over a plain {@code javax.sql.DataSource}. */
module io.postern.auth.jdbc {
    requires transitive io.postern.auth.core;
    requires transitive java.sql;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.postern.auth.jdbc;
    exports io.postern.auth.jdbc.sql;
}
