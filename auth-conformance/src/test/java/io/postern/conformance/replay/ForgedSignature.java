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
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The third part of a forged token.
 *
 * @param keys the server's and the attacker's
 * @param expander knows the names in recipes
 */
record ForgedSignature(HostileKeys keys, Expander expander) {

    private static final BigInteger ORDER_OF_P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final int P256_LENGTH = 32;
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
            case "p256" -> Jwt.encodeSegment(p256(call[1].split(",")));
            case "pkcs1" -> Jwt.encodeSegment(looselyPadded(bytes));
            default -> throw new CaseProblem("no such signature: " + order);
        };
    }

    /** By the server's own key and algorithm. */
    String serverSignature(byte[] input) {
        return Jwt.encodeSegment(
                switch (keys.algorithm()) {
                    case RS256 -> signed("SHA256withRSA", keys.serverRsa().getPrivate(), input);
                    case ES256 ->
                        signed("SHA256withECDSAinP1363Format", keys.serverEc().getPrivate(), input);
                    default -> hmac(HostileKeys.hmacSecret(), input);
                });
    }

    private byte[] keyed(JsonNode order, byte[] input) {
        String key = expander.line(order.required("key").textValue());
        return switch (order.required("alg").textValue()) {
            case "HS256" -> hmac(secret(key), input);
            case "RS256" -> signed("SHA256withRSA", privateKey(key), input);
            case "PS256" -> signed("RSASSA-PSS", privateKey(key), input);
            default -> throw new CaseProblem("cannot sign as in " + order);
        };
    }

    private byte[] secret(String key) {
        String[] kindAndText = key.split(":", 2);
        return switch (kindAndText[0]) {
            case "server" -> HostileKeys.hmacSecret();
            case "hex" -> HexFormat.of().parseHex(kindAndText[1]);
            case "utf8" -> kindAndText[1].getBytes(StandardCharsets.UTF_8);
            case "serverRsaPublic" -> publicBytes(kindAndText[1]);
            default -> throw new CaseProblem("no such secret: " + key);
        };
    }

    /** The public key in a form that a confused verifier might take for an HMAC secret. */
    private byte[] publicBytes(String form) {
        RSAPublicKey key = (RSAPublicKey) keys.serverRsa().getPublic();
        return switch (form) {
            case "der" -> key.getEncoded();
            case "n-bytes" -> magnitude(key.getModulus());
            case "jwkJson" -> Json.writeUtf8(ForgedHeader.jwk(key));
            case "pemNoNewline" -> RsaTestKey.load().publicPem().strip().getBytes(StandardCharsets.US_ASCII);
            default -> throw new CaseProblem("no such form of a public key: " + form);
        };
    }

    private PrivateKey privateKey(String key) {
        return switch (key) {
            case "attackerRsa2048" -> keys.attackerRsa().getPrivate();
            case "serverRsaPrivate" -> keys.serverRsa().getPrivate();
            default -> throw new CaseProblem("no such private key: " + key);
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

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int kept = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    private static byte[] p256(String... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String number : numbers) {
            out.writeBytes(fixed(number.equals("n") ? ORDER_OF_P256 : new BigInteger(number), P256_LENGTH));
        }
        return out.toByteArray();
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

    private static byte[] hmac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC pads keys with zero bytes, so one zero byte stands for the empty key, which Java refuses.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signed(String algorithm, PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
