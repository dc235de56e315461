package io.postern.samples;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

// sample: bcrypt
/** Verifies {@code $2a$}, {@code $2b$} and {@code $2y$} of bcrypt, with or without the prefix {@code {bcrypt}}. */
final class BcryptHasher implements PasswordHasher {

    private static final Pattern FORMAT =
            Pattern.compile("(?:\\{bcrypt\\})?(\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53})");

    private static final int MIN_COST = 4;
    private static final int MAX_COST = 14;

    private final SecureRandom random = new SecureRandom();
    private final int cost;

    /** Use the cost of the most expensive stored hash, so that a rejection takes as long for every user. */
    BcryptHasher(int cost) {
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "the cost of bcrypt must be from 4 to 14, not " + cost + "; 10 is usual");
        }
        this.cost = cost;
    }

    /** Never fails for a long password: when a login fails, {@code preferring} hashes the password as typed. */
    @Override
    public String hash(Password password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the empty password cannot be hashed: reject it before");
        }
        return "{bcrypt}" + bcrypt(password, cost);
    }

    /** For bcrypt, {@code a} and {@code a\0a} are the same: a password with a NUL is rejected, after the same work. */
    @Override
    public boolean verify(Password password, String stored) {
        Matcher parts = FORMAT.matcher(stored);
        return !password.isEmpty()
                && parts.matches()
                && OpenBSDBCrypt.checkPassword(parts.group(1), utf8(password)) // in constant time
                && password.reveal().indexOf('\0') < 0;
    }

    @Override
    public boolean recognises(String stored) {
        return FORMAT.matcher(stored).matches();
    }

    @Override
    public boolean needsRehash(String stored) {
        return costOf(stored) < cost;
    }

    /** A cost is an exponent of two: a hash of cost 8 is cheaper than one of cost 10 by 2^8 + 2^9. */
    @Override
    public void topUp(Password password, String stored) {
        for (int missing = Math.max(MIN_COST, costOf(stored)); missing < cost; missing++) {
            bcrypt(password, missing);
        }
    }

    private static int costOf(String stored) {
        Matcher parts = FORMAT.matcher(stored);
        return parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    }

    private String bcrypt(Password password, int exponent) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return OpenBSDBCrypt.generate("2a", utf8(password), salt, exponent);
    }

    private static byte[] utf8(Password password) {
        return password.reveal().getBytes(StandardCharsets.UTF_8);
    }
}
// end
