package io.postern.benchmarks.contender;

import io.postern.benchmarks.stub.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Users with passwords.
 *
 * @param encoder by which every contender verifies, so that they compute the same hash with the same code
 * @param hashes by username
 */
record Accounts(PasswordEncoder encoder, Map<String, String> hashes) {

    static final int COUNT = 1_000;

    private static final String PASSWORD = "correct-horse-battery";

    /** Accounts whose passwords are stored in clear, so that everything but the hash is measured. */
    static Accounts plain() {
        return of(new Plain(), password -> password);
    }

    static Accounts bcrypt() {
        BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(10);
        String hash = encoder.encode(PASSWORD);
        return of(encoder, password -> hash);
    }

    private static Accounts of(PasswordEncoder encoder, UnaryOperator<String> hash) {
        return new Accounts(
                encoder,
                names().stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> hash.apply(PASSWORD))));
    }

    static List<String> names() {
        return IntStream.range(0, COUNT).mapToObj(i -> "ann" + i).toList();
    }

    /** Returns what all users send. */
    List<Credential> all() {
        List<Credential> all = new ArrayList<>();
        names().forEach(name -> all.add(Credential.header("Basic " + base64(name + ":" + PASSWORD))));
        return all;
    }

    /** Returns what few users send. */
    List<Credential> few() {
        return all().subList(0, 16);
    }

    Refused refused() {
        return Refused.ofHeaders(
                "Basic " + base64("ann0:correct-horse-batterz"), "Digest " + base64("ann0:" + PASSWORD));
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Accounts[***]";
    }

    private record Plain() implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return password.toString();
        }

        @Override
        public boolean matches(CharSequence password, String stored) {
            return MessageDigest.isEqual(
                    password.toString().getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
        }
    }
}
