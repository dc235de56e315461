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

/** PBKDF2-HMAC-SHA256 of the JDK in Django's text form ({@code PBKDF2PasswordHasher}). */
final class Pbkdf2Hasher implements PasswordHasher {

    /** 22 of 62 characters make 131 bits, as in Django. */
    private static final int SALT_CHARS = 22;

    private static final int FEWEST_ITERATIONS = 1_000;

    private final RandomText random = new RandomText();
    private final int iterations;
    private final Derivation derivation;

    /** What a refusal has to cost: the most iterations ever asked of {@link #verify}, at least those of today. */
    private final AtomicInteger dearest;

    Pbkdf2Hasher(int iterations) {
        this(iterations, Pbkdf2Hasher::tag);
    }

    Pbkdf2Hasher(int iterations, Derivation derivation) {
        if (iterations < FEWEST_ITERATIONS || iterations > Pbkdf2Hash.MOST_ITERATIONS) {
            throw new IllegalArgumentException("PBKDF2 takes " + FEWEST_ITERATIONS + " to " + Pbkdf2Hash.MOST_ITERATIONS
                    + " iterations, not " + iterations + "; 600000 is the default");
        }
        this.iterations = iterations;
        this.derivation = derivation;
        this.dearest = new AtomicInteger(iterations);
    }

    @Override
    public String hash(Password password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the empty password cannot be hashed: refuse it before");
        }
        return derive(new Pbkdf2Hash(iterations, random.alphanumeric(SALT_CHARS)), password);
    }

    /** Compares whole texts as Django does, so that a tag in another spelling never matches. */
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
                .map(hash -> new Pbkdf2Hash(dearest.get() - hash.iterations(), hash.salt()))
                .filter(missing -> missing.iterations() > 0)
                .ifPresent(missing -> derive(missing, password));
    }

    private Pbkdf2Hash remembered(Pbkdf2Hash hash) {
        dearest.accumulateAndGet(hash.iterations(), Math::max);
        return hash;
    }

    private String derive(Pbkdf2Hash hash, Password password) {
        byte[] tag = derivation.tag(password, hash.salt().getBytes(StandardCharsets.UTF_8), hash.iterations());
        return hash.text(Base64Strict.encode(tag));
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

    /** The work itself, apart so that it can be counted. */
    @FunctionalInterface
    interface Derivation {

        byte[] tag(Password password, byte[] salt, int iterations);
    }
}
