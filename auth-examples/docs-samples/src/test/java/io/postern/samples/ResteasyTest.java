package io.postern.samples;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ResteasyTest implements RestContract {

    private static Site site;

    @BeforeAll
    static void start() {
        site = RestContract.site(RestSamples::resteasy);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Override
    public Site site() {
        return site;
    }
}
