package io.postern.auth.jwt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Headers of encrypted tokens in which members have types and values that no sender should use. */
final class OddHeaders {

    private static final List<String> MEMBERS = List.of("kid", "typ", "cty", "epk", "apu", "apv", "zip", "crit", "jwk");
    private static final List<String> KEY_MEMBERS = List.of(
            "kty", "crv", "x", "y", "n", "e", "d", "k", "oth", "use", "key_ops", "alg", "kid", "x5c", "x5t", "exp",
            "iat");
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "-1",
            "1.5",
            "1e400",
            "true",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"a\":null}",
            "\"\"",
            "\"AA\"",
            "\"*\"",
            "\"EC\"",
            "\"OKP\"",
            "\"RSA\"",
            "\"oct\"",
            "\"P-256\"",
            "\"X25519\"",
            "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"");

    private OddHeaders() {}

    /** With the right algorithms, or mostly; a header of ours is never among them. */
    static String next(Random random, String algorithm) {
        List<String> members = new ArrayList<>();
        members.add("\"alg\":" + (random.nextInt(20) == 0 ? value(random) : "\"" + algorithm + "\""));
        members.add("\"enc\":" + (random.nextInt(20) == 0 ? value(random) : "\"A256GCM\""));
        some(random, MEMBERS, 3).forEach(name -> members.add("\"" + name + "\":" + value(random, name)));
        Collections.shuffle(members, random);
        return "{" + String.join(",", members) + "}";
    }

    private static String value(Random random, String name) {
        return name.equals("epk") && random.nextInt(3) > 0 ? key(random) : value(random);
    }

    private static String key(Random random) {
        List<String> members = new ArrayList<>();
        some(random, KEY_MEMBERS, 5).forEach(name -> members.add("\"" + name + "\":" + value(random)));
        return "{" + String.join(",", members) + "}";
    }

    private static List<String> some(Random random, List<String> names, int most) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(most));
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
