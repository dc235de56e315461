package io.postern.auth.password;

import static io.postern.auth.password.PasswordHasher.preferring;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PreferringHasherTest {

    private static final Password RIGHT = Password.of("right");

    private final AtomicInteger work = new AtomicInteger();
    private final PasswordHasher young = new FakeHasher("young", 10, work);
    private final PasswordHasher old = new FakeHasher("old", 7, work);
    private final PasswordHasher ancient = new FakeHasher("ancient", 3, work);
    private final PasswordHasher hasher = preferring(young, old, ancient);

    @Test
    void hashes_with_the_first() {
        assertThat(young.recognises(hasher.hash(RIGHT))).isTrue();
    }

    @Test
    void verifies_with_whichever_recognises() {
        assertThat(hasher.verify(RIGHT, young.hash(RIGHT))).isTrue();
        assertThat(hasher.verify(RIGHT, old.hash(RIGHT))).isTrue();
        assertThat(hasher.verify(RIGHT, ancient.hash(RIGHT))).isTrue();
        assertThat(hasher.verify(Password.of("wrong"), old.hash(RIGHT))).isFalse();
    }

    @Test
    void recognises_what_any_of_them_does() {
        assertThat(hasher.recognises(young.hash(RIGHT))).isTrue();
        assertThat(hasher.recognises(old.hash(RIGHT))).isTrue();
        assertThat(hasher.recognises(ancient.hash(RIGHT))).isTrue();
    }

    @Test
    void what_nobody_recognises_is_false() {
        assertThat(hasher.recognises("bcrypt")).isFalse();
        assertThat(hasher.verify(RIGHT, "bcrypt")).isFalse();
    }

    @Test
    void all_but_a_current_hash_of_the_first_need_a_rehash() {
        assertThat(hasher.needsRehash(young.hash(RIGHT))).isFalse();
        assertThat(hasher.needsRehash("young:9:right")).isTrue();
        assertThat(hasher.needsRehash(old.hash(RIGHT))).isTrue();
        assertThat(hasher.needsRehash("bcrypt")).isTrue();
    }

    @Test
    void a_failure_costs_one_of_each_kind_whatever_is_stored() {
        assertThat(workOfFailure("young:10:right")).isEqualTo(20);
        assertThat(workOfFailure("young:2:right")).isEqualTo(20);
        assertThat(workOfFailure("old:7:right")).isEqualTo(20);
        assertThat(workOfFailure("old:1:right")).isEqualTo(20);
        assertThat(workOfFailure("ancient:3:right")).isEqualTo(20);
        assertThat(workOfFailure("bcrypt")).isEqualTo(20);
    }

    @Test
    void a_failure_costs_the_dearest_of_each_kind_that_was_verified_whatever_is_stored() {
        PasswordHasher argon2 = new Argon2Hasher(new Argon2Cost(100, 1, 1), (cost, salt, password, length) -> {
            work.addAndGet(cost.memoryKib() * cost.iterations());
            return new byte[length];
        });
        PasswordHasher pbkdf2 = new Pbkdf2Hasher(1_000, (password, salt, iterations) -> {
            work.addAndGet(iterations);
            return new byte[32];
        });
        PasswordHasher real = preferring(argon2, pbkdf2);
        String dearArgon2 = argon2.hash(RIGHT).replace("m=100", "m=300");
        String dearPbkdf2 = pbkdf2.hash(RIGHT).replace("$1000$", "$5000$");

        assertThat(workOfFailure(real, dearPbkdf2)).isEqualTo(5_100);
        assertThat(workOfFailure(real, pbkdf2.hash(RIGHT))).isEqualTo(5_100);
        assertThat(workOfFailure(real, argon2.hash(RIGHT))).isEqualTo(5_100);
        assertThat(workOfFailure(real, dearArgon2)).isEqualTo(5_300);
        assertThat(workOfFailure(real, argon2.hash(RIGHT))).isEqualTo(5_300);
        assertThat(workOfFailure(real, dearPbkdf2)).isEqualTo(5_300);
        assertThat(workOfFailure(real, "bcrypt")).isEqualTo(5_300);
    }

    @Test
    void a_real_pair_migrates() {
        PasswordHasher real = preferring(PasswordHasher.argon2id(64, 1, 1), PasswordHasher.pbkdf2(1_000));
        String before = PasswordHasher.pbkdf2(1_000).hash(RIGHT);

        assertThat(real.verify(RIGHT, before)).isTrue();
        assertThat(real.needsRehash(before)).isTrue();
        assertThat(real.hash(RIGHT)).startsWith("$argon2id$");
        assertThat(real.verify(RIGHT, real.hash(RIGHT))).isTrue();
    }

    private int workOfFailure(String stored) {
        return workOfFailure(hasher, stored);
    }

    private int workOfFailure(PasswordHasher asked, String stored) {
        work.set(0);
        asked.verify(Password.of("wrong"), stored);
        asked.topUp(Password.of("wrong"), stored);
        return work.get();
    }
}
