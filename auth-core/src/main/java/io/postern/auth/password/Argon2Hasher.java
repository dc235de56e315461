package io.postern.auth.password;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Argon2id (RFC 9106) in PHC string format; verifies the form of Django ({@code Argon2PasswordHasher}) too. */
final class Argon2Hasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;

    private final RandomText random = new RandomText();
    private final Argon2Cost current;
    private final Derivation derivation;

    /** The cost of a rejection: that of the most expensive hash verified so far, at least the current cost. */
    private final AtomicReference<Argon2Cost> mostExpensive;

    Argon2Hasher(Argon2Cost current, Derivation derivation) {
        this.current = current;
        this.derivation = derivation;
        this.mostExpensive = new AtomicReference<>(current);
    }

    static Argon2Hasher ofBouncyCastle(Argon2Cost current) {
        try {
            BouncyCastleArgon2.tag(new Argon2Cost(8, 1, 1), new byte[SALT_BYTES], new byte[1], TAG_BYTES);
            return new Argon2Hasher(current, BouncyCastleArgon2::tag);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "argon2id needs Bouncy Castle: add org.bouncycastle:bcprov-jdk18on to the class path", e);
        }
    }

    @Override
    public String hash(Password password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the empty password cannot be hashed: reject it before");
        }
        return derive(current, random.bytes(SALT_BYTES), TAG_BYTES, password);
    }

    /** Compares the whole strings, so that an alternative encoding of salt or tag never matches. */
    @Override
    public boolean verify(Password password, String stored) {
        return !password.isEmpty()
                && Argon2Hash.parse(stored)
                        .map(hash -> ConstantTime.equals(
                                derive(remembered(hash.cost()), hash.saltBytes(), hash.tagLength(), password),
                                hash.format()))
                        .orElse(false);
    }

    @Override
    public boolean recognises(String stored) {
        return Argon2Hash.parse(stored).isPresent();
    }

    @Override
    public boolean needsRehash(String stored) {
        return Argon2Hash.parse(stored)
                .map(hash -> hash.cost().isWeakerThan(current) || (isShort(hash) && !current.isWeakerThan(hash.cost())))
                .orElse(true);
    }

    private static boolean isShort(Argon2Hash hash) {
        return hash.saltLength() < SALT_BYTES || hash.tagLength() < TAG_BYTES;
    }

    @Override
    public void topUp(Password password, String stored) {
        Argon2Cost goal = Objects.requireNonNull(mostExpensive.get());
        Argon2Hash.parse(stored)
                .map(hash -> hash.cost().missingTo(goal))
                .filter(missing -> missing > 0)
                .ifPresent(missing -> derive(goal.withWork(missing), new byte[SALT_BYTES], TAG_BYTES, password));
    }

    private Argon2Cost remembered(Argon2Cost cost) {
        mostExpensive.accumulateAndGet(cost, Argon2Cost::max);
        return cost;
    }

    private String derive(Argon2Cost cost, byte[] salt, int tagLength, Password password) {
        byte[] secret = password.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            return Argon2Hash.format(cost, salt, derivation.tag(cost, salt, secret, tagLength));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The computation, injected so that tests can count it. */
    @FunctionalInterface
    interface Derivation {

        byte[] tag(Argon2Cost cost, byte[] salt, byte[] password, int length);
    }
}
