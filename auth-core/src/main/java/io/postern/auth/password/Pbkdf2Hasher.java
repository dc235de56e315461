package io.postern.auth.password;

import io.postern.auth.internal.Base64Strict;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The JDK's PBKDF2-HMAC-SHA256 in Django's format ({@code PBKDF2PasswordHasher}). */
final class Pbkdf2Hasher implements PasswordHasher {

    /** 22 of 62 characters make 131 bits, as in Django. */
    private static final int SALT_CHARS = 22;

    private static final int MIN_ITERATIONS = 1_000;

    private final RandomText random = new RandomText();
    private final int iterations;
    private final Derivation derivation;

    /** The cost of a rejection: the iterations of the most expensive hash verified so far, at least the current ones. */
    private final AtomicInteger mostIterations;

    Pbkdf2Hasher(int iterations) {
        this(iterations, Pbkdf2Hasher::tag);
    }

    Pbkdf2Hasher(int iterations, Derivation derivation) {
        if (iterations < MIN_ITERATIONS || iterations > Pbkdf2Hash.MAX_ITERATIONS) {
            throw new IllegalArgumentException("PBKDF2 takes " + MIN_ITERATIONS + " to " + Pbkdf2Hash.MAX_ITERATIONS
                    + " iterations, not " + iterations + "; 600000 is the default");
        }
        this.iterations = iterations;
        this.derivation = derivation;
        this.mostIterations = new AtomicInteger(iterations);
    }

    @Override
    public String hash(Password password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the empty password cannot be hashed: reject it before");
        }
        return derive(new Pbkdf2Hash(iterations, random.alphanumeric(SALT_CHARS)), password);
    }

    /** Compares the whole strings as Django does, so that an alternative encoding of the tag never matches. */
    @Override
    public boolean verify(Password password, String stored) {
        return !password.isEmpty()
                && Pbkdf2Hash.parse(stored)
                        .map(hash -> ConstantTime.equals(derive(remembered(hash), password), stored))
                        .orElse(false);
    }

    @Override
    public boolean recognises(String stored) {
        return Pbkdf2Hash.parse(stored).isPresent();
    }

    @Override
    public boolean needsRehash(String stored) {
        return Pbkdf2Hash.parse(stored)
                .map(hash -> hash.iterations() < iterations
                        || (hash.iterations() == iterations && hash.salt().length() < SALT_CHARS))
                .orElse(true);
    }

    @Override
    public void topUp(Password password, String stored) {
        Pbkdf2Hash.parse(stored)
                .map(hash -> new Pbkdf2Hash(mostIterations.get() - hash.iterations(), hash.salt()))
                .filter(missing -> missing.iterations() > 0)
                .ifPresent(missing -> derive(missing, password));
    }

    private Pbkdf2Hash remembered(Pbkdf2Hash hash) {
        mostIterations.accumulateAndGet(hash.iterations(), Math::max);
        return hash;
    }

    private String derive(Pbkdf2Hash hash, Password password) {
        byte[] tag = derivation.tag(password, hash.salt().getBytes(StandardCharsets.UTF_8), hash.iterations());
        return hash.format(Base64Strict.encode(tag));
    }

    static byte[] tag(Password password, byte[] salt, int iterations) {
        char[] chars = password.reveal().toCharArray();
        PBEKeySpec spec = new PBEKeySpec(chars, salt, iterations, Pbkdf2Hash.TAG_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot compute PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    /** The computation, injected so that tests can count it. */
    @FunctionalInterface
    interface Derivation {

        byte[] tag(Password password, byte[] salt, int iterations);
    }
}
