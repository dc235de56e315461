package io.postern.conformance.replay;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** The two numbers of an ECDSA signature over P-256, in forms other than that of JWS (RFC 7518, section 3.4). */
record EcdsaSignature(BigInteger r, BigInteger s) {

    static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    static final int LENGTH = 32;

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    static EcdsaSignature of(byte[] p1363) {
        if (p1363.length != 2 * LENGTH) {
            throw new CaseProblem("not a signature of P-256, but %d bytes".formatted(p1363.length));
        }
        return new EcdsaSignature(
                new BigInteger(1, Arrays.copyOf(p1363, LENGTH)),
                new BigInteger(1, Arrays.copyOfRange(p1363, LENGTH, 2 * LENGTH)));
    }

    byte[] toDer() {
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        for (BigInteger number : new BigInteger[] {r, s}) {
            byte[] bytes = number.toByteArray();
            numbers.write(INTEGER);
            numbers.write(bytes.length);
            numbers.writeBytes(bytes);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SEQUENCE);
        out.write(numbers.size());
        out.writeBytes(numbers.toByteArray());
        return out.toByteArray();
    }

    /** Both numbers so many bytes long, with leading zeros. */
    byte[] padded(int length) {
        if (length <= LENGTH) {
            throw new CaseProblem("padding to %d bytes adds nothing".formatted(length));
        }
        return p1363(r, s, length);
    }

    /** The other signature of the same content, which everybody can compute. */
    byte[] negated() {
        return p1363(r, ORDER.subtract(s), LENGTH);
    }

    static byte[] p1363(BigInteger r, BigInteger s, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ForgedSignature.fixed(r, length));
        out.writeBytes(ForgedSignature.fixed(s, length));
        return out.toByteArray();
    }
}
