package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jdbc.JdbcStores;
import java.time.Instant;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class AcceptedTermsTest {

    @Test
    void the_greatest_accepted_version_is_found_until_it_is_removed() {
        JdbcDataSource pool = new JdbcDataSource();
        pool.setUrl("jdbc:h2:mem:terms;DB_CLOSE_DELAY=-1");
        JdbcStores stores = StoreSamples.withTerms(pool);
        AcceptedTerms terms = new AcceptedTerms(stores.database());
        Instant now = Instant.parse("2035-01-01T00:00:00Z");

        assertThat(terms.find("1")).isEmpty();
        terms.accept("1", 2, now);
        terms.accept("1", 1, now.plusSeconds(1));
        assertThat(terms.find("1")).contains(2L);
        terms.remove("1");
        assertThat(terms.find("1")).isEmpty();
    }
}
