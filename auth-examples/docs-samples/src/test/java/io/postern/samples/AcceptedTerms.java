package io.postern.samples;

import io.postern.Extension.Migrations;
import io.postern.auth.jdbc.sql.Database;
import io.postern.auth.jdbc.sql.Upsert;
import java.time.Instant;
import java.util.Optional;

// sample: own-table
/** Which version of the terms each user has accepted. */
final class AcceptedTerms {

    static final Migrations TABLES = Migrations.of("terms", "META-INF/terms");

    private final Database database;
    private final String find;
    private final String upsert;
    private final String delete;

    AcceptedTerms(Database database) {
        this.database = database;
        this.find = database.sql("SELECT version FROM ${prefix}terms WHERE user_id = ?");
        this.upsert = Upsert.into("${prefix}terms")
                .key("user_id VARCHAR")
                .setGreatest("version INTEGER", "accepted BIGINT")
                .sql(database);
        this.delete = database.sql("DELETE FROM ${prefix}terms WHERE user_id = ?");
    }

    Optional<Long> find(String userId) {
        return database.call(
                "find accepted terms", statements -> statements.first(find, row -> row.getLong(1), userId));
    }

    void accept(String userId, int version, Instant now) {
        database.call("accept terms", statements -> statements.update(upsert, userId, version, now));
    }

    void remove(String userId) {
        database.call("delete accepted terms", statements -> statements.update(delete, userId));
    }
}
// end
