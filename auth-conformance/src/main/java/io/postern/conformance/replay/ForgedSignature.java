package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The third part of a forged token.
 *
 * @param keys the server's and the attacker's
 * @param expander knows the names in recipes
 */
record ForgedSignature(HostileKeys keys, Expander expander) {

    private static final Pattern ALGORITHM = Pattern.compile("(HS|RS|ES|PS)(256|384|512)");
    private static final byte[] SHA256_DIGEST_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    private static final int SHORTEST_PADDING = 8;

    String of(JsonNode order, String input, String base) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        if (order.isMissingNode()) {
            return serverSignature(bytes);
        }
        if (order.isObject()) {
            return Jwt.encodeSegment(keyed(order, bytes));
        }
        String[] call = order.textValue().split(":", 2);
        return switch (call[0]) {
            case "empty" -> "";
            case "keep" -> base.substring(base.lastIndexOf('.') + 1);
            case "hex" -> Jwt.encodeSegment(hex(call[1]));
            case "p256" -> Jwt.encodeSegment(p256(call[1]));
            case "pkcs1" -> {
                if (!order.textValue().equals("pkcs1:garbage-after-hash")) {
                    throw new CaseProblem("unknown padding: " + order);
                }
                yield Jwt.encodeSegment(looselyPadded(bytes));
            }
            default -> throw new CaseProblem("unknown signature: " + order);
        };
    }

    /** By the server's own key and algorithm. */
    String serverSignature(byte[] input) {
        return Jwt.encodeSegment(
                switch (keys.algorithm()) {
                    case RS256 -> signed("SHA256withRSA", keys.serverRsa().getPrivate(), input);
                    case ES256 ->
                        signed("SHA256withECDSAinP1363Format", keys.serverEc().getPrivate(), input);
                    default -> hmac("HmacSHA256", HostileKeys.hmacSecret(), input);
                });
    }

    private byte[] keyed(JsonNode order, byte[] input) {
        String key = expander.line(order.required("key").textValue());
        String algorithm = order.required("alg").textValue();
        if (!ALGORITHM.matcher(algorithm).matches()) {
            throw new CaseProblem("unknown algorithm: " + algorithm);
        }
        String bits = algorithm.substring(2);
        ForgedKeys named = new ForgedKeys(keys);
        return switch (algorithm.substring(0, 2)) {
            case "HS" -> hmac("HmacSHA" + bits, named.secret(key), input);
            case "RS" -> signed("SHA" + bits + "withRSA", named.privateKey(key), input);
            case "ES" -> signed("SHA" + bits + "withECDSAinP1363Format", named.privateKey(key), input);
            default -> pss("SHA-" + bits, Integer.parseInt(bits) / Byte.SIZE, named.privateKey(key), input);
        };
    }

    /** The least padding, and after the digest what a verifier that does not look there would not see. */
    private byte[] looselyPadded(byte[] input) {
        RSAPrivateKey key = (RSAPrivateKey) keys.serverRsa().getPrivate();
        int length = key.getModulus().bitLength() / Byte.SIZE;
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {0, 1});
        block.writeBytes(hex("ff*" + SHORTEST_PADDING));
        block.write(0);
        block.writeBytes(SHA256_DIGEST_INFO);
        try {
            block.writeBytes(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        block.writeBytes(hex("5a*" + (length - block.size())));
        BigInteger forged = new BigInteger(1, block.toByteArray()).modPow(key.getPrivateExponent(), key.getModulus());
        return fixed(forged, length);
    }

    static byte[] magnitude(BigInteger number) {
        return fixed(number, (number.bitLength() + Byte.SIZE - 1) / Byte.SIZE);
    }

    static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int kept = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    private static byte[] p256(String numbers) {
        String[] pair = numbers.split(",", -1);
        if (pair.length != 2) {
            throw new CaseProblem("a signature of P-256 has two numbers, not " + numbers);
        }
        return EcdsaSignature.p1363(number(pair[0]), number(pair[1]), EcdsaSignature.LENGTH);
    }

    private static BigInteger number(String text) {
        return text.equals("n") ? EcdsaSignature.ORDER : new BigInteger(text);
    }

    /** Bytes as in {@code 00*63,01}. */
    private static byte[] hex(String runs) {
        StringBuilder digits = new StringBuilder();
        for (String run : runs.split(",", -1)) {
            String[] byteAndTimes = run.split("\\*", 2);
            digits.append(byteAndTimes[0].repeat(byteAndTimes.length == 1 ? 1 : Integer.parseInt(byteAndTimes[1])));
        }
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] hmac(String name, byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance(name);
            // HMAC pads keys with zero bytes, so one zero byte stands for the empty key, which Java refuses.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, name));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pss(String digest, int saltLength, PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            MGF1ParameterSpec mask = new MGF1ParameterSpec(digest);
            signature.setParameter(new PSSParameterSpec(digest, "MGF1", mask, saltLength, 1));
            return signed(signature, key, input);
        } catch (GeneralSecurityException e) {
            throw new CaseProblem("cannot sign with RSASSA-PSS: " + e, e);
        }
    }

    private static byte[] signed(String algorithm, PrivateKey key, byte[] input) {
        try {
            return signed(Signature.getInstance(algorithm), key, input);
        } catch (GeneralSecurityException e) {
            throw new CaseProblem("cannot sign with %s: %s".formatted(algorithm, e), e);
        }
    }

    private static byte[] signed(Signature signature, PrivateKey key, byte[] input) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }
}
